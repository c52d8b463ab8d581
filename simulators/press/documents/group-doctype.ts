import { teamOf, userOf } from '../api/endpoint.js';
import { groupMethods, HIDDEN_GROUP_METHODS } from '../api/group-methods.js';
import { deleteGroup } from '../benches/groups.js';
import { activeBenches, groupStatus, sitesOfGroup } from '../benches/status.js';
import { missing } from '../http/errors.js';
import { text } from '../json.js';
import { linkedUpgrade } from '../updates/bench-for-upgrade.js';
import type { GroupRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';
import { deployInformation } from './deploy-information.js';
import { ACCESS, baseColumns, type Columns, type Doctype, flag } from './doctype.js';
import { groupActions, groupAppRows, wholeGroup } from './group-view.js';
import { tagRows } from './tag-rows.js';

const EOL_VERSIONS = ['Version 13', 'Version 12'];

export const groupDoctype: Doctype = {
  fields: ['title', 'version', 'apps', 'team', 'public', 'tags'],
  /** Only enabled, private ones; extra counts (A 2.3). */
  list: (context) =>
    Object.values(context.world.state.groups)
      .filter((group) => group.team === teamOf(context).name && group.enabled && !group.public)
      .map((group) => groupColumns(context.world, group)),
  decorate({ world }, row, columns) {
    const name = text(columns.name);
    row.site_count = sitesOfGroup(world, name).length;
    row.active_benches = activeBenches(world, name).length;
  },
  exists: ({ world }, name) => name in world.state.groups,
  owns: (context, name) => context.world.state.groups[name]?.team === teamOf(context).name,
  get({ world }, name) {
    const group = findGroup(world, name);
    const [server, another] = group.servers;
    const onlyServer = another === undefined ? world.state.servers[server ?? ''] : undefined;
    return {
      doctype: 'Release Group',
      ...groupColumns(world, group),
      deploy_information: deployInformation(world, group),
      status: groupStatus(world, group),
      actions: groupActions(group),
      are_builds_suspended: false,
      eol_versions: EOL_VERSIONS,
      server: onlyServer?.name ?? null,
      server_title: onlyServer?.title ?? null,
      server_team: onlyServer?.team ?? null,
      enable_inplace_updates: 0,
      linked_version_upgrade: linkedUpgrade(world, group.name),
      ...ACCESS,
    };
  },
  /** Answers the raw row: `enabled` and much else that `get` never shows (rg-delete). */
  remove(context, name) {
    const group = findGroup(context.world, name);
    deleteGroup(context.world, group, userOf(context).user);
    return wholeGroup(context.world, group);
  },
  methods: groupMethods,
  hiddenMethods: HIDDEN_GROUP_METHODS,
};

function findGroup(world: World, name: string): GroupRow {
  const group = world.state.groups[name];
  if (group === undefined) throw missing('Release Group', name);
  return group;
}

function groupColumns(world: World, group: GroupRow): Columns {
  return {
    ...baseColumns(world, group),
    title: group.title,
    version: group.version,
    apps: groupAppRows(world, group),
    team: group.team,
    public: flag(group.public),
    tags: tagRows(world, group, 'Release Group'),
  };
}
