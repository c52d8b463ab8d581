import { teamOf } from '../api/endpoint.js';
import { missing } from '../http/errors.js';
import { text } from '../json.js';
import type { BenchRow, GroupRow } from '../world/catalogue.js';
import { sourceName } from '../world/seed-catalogue.js';
import type { World } from '../world/world.js';
import { ACCESS, baseColumns, type Columns, type Doctype, flag } from './doctype.js';
import { deployInformation, groupActions } from './group-view.js';

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
    const sites = Object.values(world.state.sites);
    row.site_count = sites.filter((s) => s.group === name && s.status !== 'Archived').length;
    row.active_benches = activeBenches(world, name).length;
  },
  exists: ({ world }, name) => name in world.state.groups,
  owns: (context, name) => context.world.state.groups[name]?.team === teamOf(context).name,
  get({ world }, name) {
    const group = world.state.groups[name];
    if (group === undefined) throw missing('Release Group', name);
    const bench = activeBenches(world, name)[0];
    return {
      doctype: 'Release Group',
      ...groupColumns(world, group),
      deploy_information: deployInformation(world, group),
      status: groupStatus(group, bench),
      actions: groupActions(),
      are_builds_suspended: false,
      eol_versions: EOL_VERSIONS,
      server: bench?.server ?? null,
      server_title: null,
      server_team: null,
      enable_inplace_updates: 0,
      linked_version_upgrade: null,
      ...ACCESS,
    };
  },
};

function groupStatus(group: GroupRow, bench: BenchRow | undefined): string {
  if (!group.enabled) return 'Disabled';
  return bench === undefined ? 'Awaiting Deploy' : 'Active';
}

export function activeBenches(world: World, group: string): BenchRow[] {
  return Object.values(world.state.benches).filter(
    (bench) => bench.group === group && bench.status === 'Active',
  );
}

function groupColumns(world: World, group: GroupRow): Columns {
  const version = world.state.versions.find(({ name }) => name === group.version)?.number ?? 0;
  return {
    ...baseColumns(world, group),
    title: group.title,
    version: group.version,
    apps: group.apps.map((app, index) => ({
      ...baseColumns(world, group),
      name: `${group.name}-${app}`,
      idx: index + 1,
      app,
      title: world.state.apps[app]?.title ?? app,
      source: sourceName(app, version),
      enable_auto_deploy: 0,
      parent: group.name,
      parentfield: 'apps',
      parenttype: 'Release Group',
      doctype: 'Release Group App',
    })),
    team: group.team,
    public: flag(group.public),
    tags: [],
  };
}

export const benchDoctype: Doctype = {
  fields: [
    'apps',
    'name',
    'group',
    'status',
    'cluster',
    'is_ssh_proxy_setup',
    'inplace_update_docker_image',
  ],
  list: (context) =>
    Object.values(context.world.state.benches)
      .filter((bench) => bench.team === teamOf(context).name && bench.status !== 'Archived')
      .map((bench) => benchColumns(context.world, bench)),
  decorate({ world }, row, columns) {
    const sites = Object.values(world.state.sites);
    row.site_count = sites.filter(
      (s) => s.bench === columns.name && s.status !== 'Archived',
    ).length;
    row.on_public_server = true;
    row.has_app_patch_applied = false;
    row.has_updated_inplace = false;
  },
  exists: ({ world }, name) => name in world.state.benches,
  owns: (context, name) => context.world.state.benches[name]?.team === teamOf(context).name,
  get({ world }, name) {
    const bench = world.state.benches[name];
    if (bench === undefined) throw missing('Bench', name);
    return { doctype: 'Bench', ...benchColumns(world, bench), actions: [], ...ACCESS };
  },
};

function benchColumns(world: World, bench: BenchRow): Columns {
  return {
    ...baseColumns(world, bench),
    apps: bench.apps.map((app) => ({ app, parent: bench.name, doctype: 'Bench App' })),
    group: bench.group,
    status: bench.status,
    cluster: bench.cluster,
    server: bench.server,
    team: bench.team,
    is_ssh_proxy_setup: 0,
    inplace_update_docker_image: null,
  };
}
