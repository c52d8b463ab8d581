import { actionMethods } from '../api/action-methods.js';
import { duration } from '../world/time.js';
import type { SiteActionRow } from '../world/moves.js';
import type { World } from '../world/world.js';
import type { Columns, Doctype } from './doctype.js';
import { owned } from './owned.js';

const actionBase = owned({
  doctype: 'Site Action',
  fields: ['action_type', 'scheduled_time', 'site', 'status', 'start', 'end', 'duration'],
  rows: (world) => Object.values(world.state.actions),
  team: (_world, row) => row.team,
  columns: (world, row) => ({
    action_type: row.actionType,
    scheduled_time: world.localShort(row.scheduledTime),
    site: row.site,
    status: row.status,
    start: world.local(row.start),
    end: world.local(row.end),
    duration: row.start === null || row.end === null ? null : duration(row.end - row.start),
  }),
});

/** The readable tracker of a move (C 2.8). */
export const actionDoctype: Doctype = {
  ...actionBase,
  get(context, name) {
    const columns = actionBase.get(context, name);
    const action = context.world.state.actions[name];
    if (action === undefined) return columns;
    const details = { arguments_dict: argumentsOf(context.world, action), steps: [], errors: [] };
    return { ...columns, ...details };
  },
  methods: actionMethods,
};

function argumentsOf(world: World, action: SiteActionRow): Columns {
  const build = world.state.builds[action.build ?? ''];
  return {
    destination_server: action.server,
    destination_release_group: action.group,
    new_release_group_name: action.isNewGroup
      ? (world.state.groups[action.group]?.title ?? null)
      : null,
    new_deploy_candidate: build?.candidate ?? null,
    new_deploy_candidate_build: build?.name ?? null,
    site_migration: action.migration,
    skip_failing_patches: action.skipFailingPatches,
  };
}
