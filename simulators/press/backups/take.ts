import type { JobFault } from '../fault-types.js';
import { PressError, refuse } from '../http/errors.js';
import { milliseconds } from '../jobs/agent.js';
import { BACKUP_STEP, UPLOAD_STEP } from '../jobs/job-types.js';
import { onServer } from '../sites/actions.js';
import type { BackupRow } from '../world/backups.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { backupsOf, newBackup } from './rows.js';

/** How long an unfinished backup keeps another one away (B 1.2). */
const PENDING_FOR = milliseconds(2 * 3_600_000);

interface BackupRequest {
  owner: string;
  withFiles: boolean;
  /** Only Press itself can ask for it. */
  offsite?: boolean;
  physical?: boolean;
  /** Backups made after this are not seen: no lock is taken (observed C7). */
  checkedAt?: Micros;
}

/**
 * A backup of a site of any status: row and job, no activity, nothing is blocked by it (B 1.2).
 *
 * @throws 417 SiteTooManyPendingBackups, or the refusal of a physical one.
 */
export function takeBackup(world: World, site: SiteRow, request: BackupRequest): BackupRow {
  const { owner, withFiles, offsite = false, physical = false, checkedAt = Infinity } = request;
  if (physical) {
    throw refuse('Physical backup is not enabled for this site. Please reach out to support.');
  }
  checkNonePending(world, site, checkedAt);
  const backup = newBackup(world, site, { owner, withFiles, offsite });
  const isLost = site.disk.marks.database === null;
  const fault: JobFault | null = isLost ? { kind: 'fail_step', step: BACKUP_STEP } : null;
  const leftOut = offsite ? [] : [UPLOAD_STEP];
  const job = onServer(world, site, owner, 'Backup Site', { leftOut }, fault);
  backup.job = job.name;
  world.effect('backup.create', site.name);
  return backup;
}

function checkNonePending(world: World, site: SiteRow, checkedAt: Micros): void {
  const isOpen = backupsOf(world, site.name).some(
    (row) =>
      (row.status === 'Pending' || row.status === 'Running') &&
      row.creation <= checkedAt &&
      world.now() - row.creation < PENDING_FOR,
  );
  if (isOpen) throw new PressError('SiteTooManyPendingBackups', 'Too many pending backups');
}
