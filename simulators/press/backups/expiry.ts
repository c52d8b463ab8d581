import { ceilTo, milliseconds } from '../jobs/agent.js';
import { text } from '../json.js';
import type { BackupRow } from '../world/backups.js';
import type { Micros } from '../world/model.js';
import { timeOfDay } from '../world/time.js';
import type { World } from '../world/world.js';
import { backupsOf, dropFiles } from './rows.js';

const HOUR = milliseconds(3_600_000);
const DAY = 24 * HOUR;
/** Local hour of the rotation, and how many offsite backups it leaves (B 1.5). */
const ROTATION_HOUR = 4;
const OFFSITE_KEPT = 30;

/** An hourly sweep takes the files of an on-site backup from the server (B 1.5: after 24 h). */
export function expireOnsite(world: World, backup: BackupRow): void {
  world.schedule(ceilTo(backup.onServerUntil, HOUR), 'backup.expire', backup.name);
}

/** Has the oldest offsite backups dropped in the next night if there are too many. */
export function rotateOffsite(world: World, site: string): void {
  if (available(world, site).length > OFFSITE_KEPT) {
    world.schedule(nextNight(world), 'backup.rotate', site);
  }
}

function nextNight(world: World): Micros {
  const passed = timeOfDay(world.now(), world.state.utcOffsetMinutes);
  return world.now() + ((ROTATION_HOUR * HOUR - passed + DAY) % DAY);
}

const available = (world: World, site: string): BackupRow[] =>
  backupsOf(world, site).filter((row) => row.offsite && row.filesAvailability === 'Available');

export function installExpiry(world: World): void {
  world.onTask('backup.expire', (ref) => {
    const backup = world.state.backups[text(ref)];
    if (backup?.filesAvailability === 'Available') dropFiles(world, backup);
  });
  world.onTask('backup.rotate', (ref) => {
    for (const backup of available(world, text(ref)).slice(0, -OFFSITE_KEPT)) {
      dropFiles(world, backup);
    }
  });
}
