import type { DocMethod } from '../documents/doctype.js';
import { missing, refuse } from '../http/errors.js';
import { text, truthy } from '../json.js';
import { migrationOptions } from '../moves/options.js';
import { createMovePlan } from '../moves/plan.js';
import { userOf } from './endpoint.js';

/** Dashboard methods of Site that move it; none of them asks for its status (C 2.8). */
export const moveMethods: Readonly<Record<string, DocMethod>> = {
  get_migration_options: {
    params: [],
    mutates: false,
    run({ world }, name) {
      const site = world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      return migrationOptions(world, site);
    },
  },
  create_migration_plan: {
    params: [
      'type',
      'group',
      'server',
      'new_group_name',
      'skip_failing_patches',
      'scheduled_time',
      'cluster',
    ],
    requires: ['type'],
    mutates: true,
    run(context, name, args) {
      const { world } = context;
      const site = world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      const time = text(args.scheduled_time);
      const scheduledTime = world.fromLocal(time);
      if (time !== '' && scheduledTime === null) {
        throw refuse(`Invalid scheduled time format: ${time}. Please select a valid time.`);
      }
      return createMovePlan(world, site, {
        user: userOf(context).user,
        type: text(args.type),
        group: text(args.group),
        newGroup: text(args.new_group_name),
        server: text(args.server),
        cluster: text(args.cluster),
        skipFailingPatches: truthy(args.skip_failing_patches),
        scheduledTime,
      }).name;
    },
  },
};
