import type { ScheduledUpdateInput } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import type { SiteUpdate } from '../../frappe-cloud/index.js';
import { calibrateClock } from '../../frappe-cloud/index.js';
import { fail, pass } from '../checks.js';
import type { Adjustment, Preflight } from './adjustment.js';

type Kind = 'edit-scheduled-update' | 'cancel-scheduled-update';
/** An update waits whatever the site is doing. */
const ALLOWED = ['Active', 'Inactive', 'Broken', 'Suspended'] as const;

/** The one that is named, else the one that waits. */
function find({ reading, input }: Preflight<Kind>): SiteUpdate | undefined {
  const { update }: ScheduledUpdateInput = input;
  return reading.updates.find(({ name, status }) =>
    update === undefined ? status === 'Scheduled' : name === update,
  );
}

function isWaiting({ input }: Preflight<Kind>, update: SiteUpdate | undefined): Check {
  if (update === undefined) {
    const which = input.update === undefined ? 'no update is scheduled' : `no ${input.update}`;
    return fail('update', `${which} for ${input.site}`);
  }
  return update.status === 'Scheduled'
    ? pass('update', `${update.name} waits for ${update.scheduled_time ?? 'its turn'}`)
    : fail('update', `${update.name} is ${update.status}: it waits no more`);
}

/** Changes the time of an update that Press is to begin, or how it is done. */
export const editScheduledUpdateKind: Adjustment<'edit-scheduled-update'> = {
  allowed: ALLOWED,
  async plan(preflight) {
    const { deps, account, input } = preflight;
    await calibrateClock(account, input.site);
    const update = find(preflight);
    const before =
      update?.scheduled_time == null
        ? null
        : new Date(account.clock.parse(update.scheduled_time)).toISOString();
    const at = input.at ?? before ?? '';
    const isSameTime = before !== null && Date.parse(before) === Date.parse(at);
    const skipBackups = input.skipBackups ?? update?.skipped_backups ?? false;
    const skipFailingPatches = input.skipFailingPatches ?? update?.skipped_failing_patches ?? false;
    // What was so before is not ours to be asked about.
    const dropsBackup = skipBackups && update?.skipped_backups !== true;
    const dropsPatches = skipFailingPatches && update?.skipped_failing_patches !== true;
    const maySkip = deps.policy.patches.skipFailing === 'allow';
    return {
      change: {
        do: 'edit scheduled update',
        update: update?.name ?? '',
        at,
        skipFailingPatches,
        skipBackups,
      },
      summary: [
        isSameTime ? at : `${before ?? 'no time'} → ${at}`,
        skipBackups ? 'without a backup of Press' : '',
        skipFailingPatches ? 'leaving out patches that fail' : '',
      ],
      mayLose: dropsBackup ? ['the way back: Press makes no backup before the update'] : [],
      checks: [
        isWaiting(preflight, update),
        Date.parse(at) > Date.now()
          ? pass('time', at)
          : fail('time', at === '' ? 'it has no time: name one' : `${at} has gone by`),
        ...(dropsPatches && !maySkip
          ? [fail('patches', 'policy does not allow to leave out patches that fail')]
          : []),
      ],
      facts: { skipsSafetyCopy: dropsBackup, skipsFailingPatches: dropsPatches },
      estimateSeconds: 10,
    };
  },
};

/** Withdraws an update that Press is to begin. */
export const cancelScheduledUpdateKind: Adjustment<'cancel-scheduled-update'> = {
  allowed: ALLOWED,
  plan(preflight) {
    const update = find(preflight);
    return {
      change: { do: 'cancel scheduled update', update: update?.name ?? '' },
      summary: [`${update?.name ?? 'none'} will not be begun`],
      checks: [isWaiting(preflight, update)],
      estimateSeconds: 10,
    };
  },
};
