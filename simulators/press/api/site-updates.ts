import { updateInformation } from '../documents/update-views.js';
import { failed } from '../jobs/steps.js';
import { text, truthy } from '../json.js';
import { scheduleUpdate, updatesOf } from '../updates/create.js';
import { upgradeSite } from '../updates/upgrades.js';
import { type Endpoints, siteOf, userOf } from './endpoint.js';

/** Updates within a group, and to the next version (C 1, C 2). */
export const siteUpdateEndpoints: Endpoints = {
  'press.api.site.check_for_updates': {
    guard: 'Site',
    run: (context, params) => updateInformation(context.world, siteOf(context, params)),
  },
  'press.api.site.update': {
    mutates: true,
    guard: 'Site',
    requires: ['name'],
    run: (context, params) =>
      scheduleUpdate(context.world, siteOf(context, params), {
        user: userOf(context).user,
        skipFailingPatches: truthy(params.skip_failing_patches),
        skipBackups: truthy(params.skip_backups),
        scheduledTime: null,
      }).name,
  },
  /** Only a recovered update tells, never a plain migrate (C 2.6). */
  'press.api.site.last_migrate_failed': {
    guard: 'Site',
    run(context, params) {
      const { world } = context;
      const newest = updatesOf(world, siteOf(context, params)).at(-1);
      const job = world.state.jobs[newest?.updateJob ?? ''];
      return newest?.status === 'Recovered' && failed(job, 'Migrate Site');
    },
  },
  'press.api.site.version_upgrade': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'destination_group'],
    run(context, params) {
      const { world, checkedAt } = context;
      upgradeSite(world, siteOf(context, params), {
        user: userOf(context).user,
        group: text(params.destination_group) || null,
        scheduledTime: world.fromLocal(text(params.scheduled_datetime)),
        skipBackups: truthy(params.skip_backups),
        skipFailingPatches: truthy(params.skip_failing_patches),
        checkedAt,
      });
      return undefined;
    },
  },
};
