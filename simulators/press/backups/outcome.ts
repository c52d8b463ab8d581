import { PressError } from '../http/errors.js';
import { stepOf, succeeded } from '../jobs/steps.js';
import { BACKUP_STEP, UPLOAD_STEP } from '../jobs/job-types.js';
import type { BackupRow } from '../world/backups.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { expireOnsite, rotateOffsite } from './expiry.js';
import { filesOf } from './files.js';
import { backupsOf, dropFiles, finishBackup, newBackup } from './rows.js';

/** A Site Backup follows its job; "Delivery Failure" is told as Failure (B 1.1). */
export function afterBackupJob(world: World, site: SiteRow, job: JobRow): void {
  const backup = Object.values(world.state.backups).find((row) => row.job === job.name);
  if (backup === undefined) return;
  switch (job.status) {
    case 'Undelivered':
    case 'Pending':
      return;
    case 'Running':
      backup.status = 'Running';
      break;
    case 'Failure':
    case 'Delivery Failure':
      backup.status = 'Failure';
      break;
    case 'Success':
      finish(world, site, job, backup);
  }
  world.touch(backup);
}

function finish(world: World, site: SiteRow, job: JobRow, backup: BackupRow): void {
  const at = stepOf(job, BACKUP_STEP)?.start ?? world.now();
  finishBackup(world, backup, filesOf(world, site, at, backup.withFiles));
  if (backup.offsite) rotateOffsite(world, site.name);
  else expireOnsite(world, backup);
}

/**
 * The offsite backup that another job has made on its way gets its row when that job has ended well,
 * for only then its files are known (observed C10, D 4).
 */
export function recordJobBackup(world: World, site: SiteRow, job: JobRow): void {
  const isMade = succeeded(job, BACKUP_STEP) && succeeded(job, UPLOAD_STEP);
  if (job.status !== 'Success' || !isMade) return;
  const backup = newBackup(world, site, {
    owner: 'Administrator',
    withFiles: true,
    offsite: true,
  });
  backup.job = job.name;
  finish(world, site, job, backup);
}

/**
 * What an archive leaves: the newest offsite backup (B 4.2).
 *
 * @throws ConnectionError when older ones cannot be deleted (observed-2 5): nothing has happened then.
 */
export function checkStorageForArchive(world: World, site: SiteRow): void {
  const hasOffsite = backupsOf(world, site.name).some(isInBucket);
  if (world.state.storageReachable || !hasOffsite) return;
  throw new PressError('ConnectionError', 'Could not connect to the object storage');
}

export function dropBackupsAfterArchive(world: World, site: SiteRow): void {
  const backups = backupsOf(world, site.name);
  const kept = backups.filter(isInBucket).at(-1);
  for (const backup of backups) {
    if (backup === kept) backup.onServerUntil = 0;
    else if (backup.filesAvailability === 'Available') dropFiles(world, backup);
  }
}

const isInBucket = (row: BackupRow): boolean =>
  row.offsite && row.filesAvailability === 'Available';
