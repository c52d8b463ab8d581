import { ceilTo, milliseconds } from '../jobs/agent.js';
import { onServer } from '../sites/actions.js';
import type { Micros, SiteRow, SiteStatus } from '../world/model.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';

const BUSY: ReadonlySet<SiteStatus> = new Set(['Updating', 'Recovering', 'Pending', 'Installing']);
/** What an update does before it moves the site, so that it could bring the tables back. */
const BACKUP_TABLES = ['Clear Backup Directory', 'Backup Site Tables'];

export const isBusy = ({ status }: SiteRow): boolean => BUSY.has(status);

/** Begins an update; one whose site is busy becomes a scheduled one without a word (C 2.1). */
export function startUpdate(world: World, site: SiteRow, update: UpdateRow): void {
  if (isBusy(site)) {
    waitForTime(world, update, world.now());
    return;
  }
  const job = onServer(world, site, update.owner, 'Update Site Migrate', {
    leftOut: update.skipBackups ? BACKUP_TABLES : [],
    skipFailingPatches: update.skipFailingPatches,
  });
  update.status = 'Pending';
  update.updateJob = job.name;
  update.start = world.now();
  update.siteStatusBefore = site.status;
  site.status = 'Pending';
  const activity = world.state.activities.findLast(
    (row) => row.site === site.name && row.action === 'Update' && row.job === null,
  );
  if (activity !== undefined) activity.job = job.name;
  world.touch(update, update.owner);
  world.touch(site, update.owner);
}

/**
 * Has the update looked at when its time has come, at the next of Press's own rounds; one without
 * a time, e.g. after an edit, is never begun (C 2.3).
 */
export function waitForTime(world: World, update: UpdateRow, time: Micros | null): void {
  update.status = 'Scheduled';
  update.scheduledTime = time;
  if (time === null) return;
  const round = milliseconds(world.timings.updateRound);
  const due = ceilTo(Math.max(time, world.now() + 1), round);
  world.schedule(due, 'update.start', update.name);
}
