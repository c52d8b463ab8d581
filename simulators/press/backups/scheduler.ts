import { PressError } from '../http/errors.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import type { BackupRow } from '../world/backups.js';
import type { SiteRow } from '../world/model.js';
import { naive } from '../world/time.js';
import type { World } from '../world/world.js';
import { backupsOf } from './rows.js';
import { takeBackup } from './take.js';

const OWNER = 'Administrator';
/** How often Press looks for sites that are due (B 1.5). */
const CADENCE = milliseconds(15 * 60_000);

/** Press's own backups, where `timings.backupInterval` wants them (B 1.5). */
export function installBackupScheduler(world: World): void {
  if (world.timings.backupInterval === 0) return;
  world.onTask('backup.schedule', () => {
    scheduleNext(world);
    for (const site of Object.values(world.state.sites)) if (isDue(world, site)) back(world, site);
  });
  if (!world.state.tasks.some(({ kind }) => kind === 'backup.schedule')) scheduleNext(world);
}

const scheduleNext = (world: World): void => {
  world.schedule(ceilTo(world.now() + 1, CADENCE), 'backup.schedule', null);
};

const ownBackups = (world: World, site: SiteRow): BackupRow[] =>
  backupsOf(world, site.name).filter(({ owner }) => owner === OWNER);

function isDue(world: World, site: SiteRow): boolean {
  if (site.status !== 'Active') return false;
  const last = ownBackups(world, site).at(-1);
  const interval = milliseconds(world.timings.backupInterval);
  return last === undefined || world.now() - last.creation >= interval;
}

/** The first one of a local date is offsite, with files. */
function back(world: World, site: SiteRow): void {
  const dayOf = (time: number): string => naive(time, world.state.utcOffsetMinutes).slice(0, 10);
  const today = dayOf(world.now());
  const isFirst = !ownBackups(world, site).some((row) => dayOf(row.creation) === today);
  try {
    takeBackup(world, site, { owner: OWNER, offsite: isFirst, withFiles: isFirst });
  } catch (error) {
    // Somebody else's backup is open: the next time will do.
    if (!(error instanceof PressError)) throw error;
  }
}
