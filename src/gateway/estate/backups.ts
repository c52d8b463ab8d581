import {
  type Account,
  type Backup,
  BACKUP_STATUSES,
  listBackups,
} from '../../frappe-cloud/index.js';
import type { BackupRow } from '../../schemas/estate/backups.js';
import { isoTime } from './time.js';

/** Backups of an own site, the newest first; links to their files are left out. @throws PressError */
export async function backupsOf(
  { press, clock }: Account,
  signal: AbortSignal,
  args: { readonly site: string; readonly limit: number },
): Promise<BackupRow[]> {
  const query = { ...args, statuses: BACKUP_STATUSES };
  const backups = await listBackups(press, query, { signal });
  return backups.map((backup) => ({
    name: backup.name,
    status: backup.status,
    takenAt: isoTime(clock, backup.creation),
    physical: backup.physical,
    offsite: backup.offsite,
    withFiles: backup.with_files,
    available: backup.files_availability === 'Available',
    bytes: bytesOf(backup),
    scheduled: backup.owner === 'Administrator',
  }));
}

function bytesOf({ files }: Backup): number | null {
  const sizes = Object.values(files).flatMap((file) => (file?.bytes ? [file.bytes] : []));
  return sizes.length === 0 ? null : sizes.reduce((sum, bytes) => sum + bytes, 0);
}
