import type { DocMethod } from '../documents/doctype.js';
import { missing } from '../http/errors.js';
import { text, truthy } from '../json.js';
import { checkedDestination, scheduleUpdate } from '../updates/create.js';
import { cancelUpdate, editUpdate } from '../updates/scheduled.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { type Params, userOf } from './endpoint.js';

const SWITCHES = ['skip_failing_patches', 'skip_backups'];

const switchesOf = (args: Params) => ({
  skipFailingPatches: truthy(args.skip_failing_patches),
  skipBackups: truthy(args.skip_backups),
});

/** Whose update it is, is not asked (C 2.3). */
function findUpdate(world: World, name: string): UpdateRow {
  const update = world.state.updates[name];
  if (update === undefined) throw missing('Site Update', name);
  return update;
}

/** Dashboard methods of Site about its updates (C 2.2-2.4). */
export const siteUpdateMethods: Readonly<Record<string, DocMethod>> = {
  schedule_update: {
    params: [...SWITCHES, 'physical_backup', 'scheduled_time'],
    mutates: true,
    run(context, name, args) {
      const { world } = context;
      const site = world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      const { user } = userOf(context);
      const scheduledTime = world.fromLocal(text(args.scheduled_time));
      return scheduleUpdate(world, site, { user, scheduledTime, ...switchesOf(args) }).name;
    },
  },
  edit_scheduled_update: {
    params: ['name', ...SWITCHES, 'scheduled_time'],
    requires: ['name'],
    mutates: true,
    run(context, _site, args) {
      const { world } = context;
      const update = findUpdate(world, text(args.name));
      const site = world.state.sites[update.site];
      if (site !== undefined) checkedDestination(world, site, update.destination.group);
      const scheduledTime = world.fromLocal(text(args.scheduled_time));
      editUpdate(world, update, userOf(context).user, { scheduledTime, ...switchesOf(args) });
      return update.name;
    },
  },
  cancel_scheduled_update: {
    params: ['site_update'],
    requires: ['site_update'],
    mutates: true,
    run(context, _site, args) {
      const update = findUpdate(context.world, text(args.site_update));
      cancelUpdate(context.world, update, userOf(context).user);
      return undefined;
    },
  },
};
