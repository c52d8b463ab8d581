import type { Evidence, Reading, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type Backup,
  failureReason,
  getJobStatus,
  type JobStatus,
  listBackups,
} from '../../frappe-cloud/index.js';

/** Every status; without them Press tells of finished backups only (B 1.3). */
export const ANY_STATUS = ['Pending', 'Running', 'Success', 'Failure'] as const;

type BackupTracker = Extract<Tracker, { kind: 'site-backup' }>;

/** How long an unfinished backup keeps another one away (B 1.2). */
export const PENDING_FOR_MS = 2 * 60 * 60_000;

/**
 * One look at a backup. One whose files are gone is not listed any more (B 1.3). One that is only
 * waited for need not end: it is over when it keeps nothing away any more.
 */
export async function readBackup(
  { press, clock }: Account,
  { site, backup, purpose }: BackupTracker,
): Promise<Reading> {
  const rows = await listBackups(press, { site, statuses: ANY_STATUS });
  const row = rows.find(({ name }) => name === backup);
  if (row === undefined) {
    const output = `the backup ${backup} of ${site} is not there any more`;
    return { state: 'settled', outcome: 'failure', evidence: { status: 'gone', output } };
  }
  const job = row.job === null ? null : await getJobStatus(press, { job: row.job });
  const evidence: Evidence = { status: row.status, ...(row.job !== null && { job: row.job }) };
  if (row.status === 'Success') return { state: 'settled', outcome: 'success', evidence };
  if (row.status === 'Failure') {
    const reason = row.job && (await failureReason(press, { job: row.job, site }));
    return {
      state: 'settled',
      outcome: job === 'Delivery Failure' ? 'delivery_failure' : 'failure',
      evidence: {
        ...evidence,
        ...(reason && { output: reason.text, ...(reason.step && { step: reason.step }) }),
      },
    };
  }
  if (purpose === 'wait') {
    const isOver = clock.now() - clock.parse(row.creation) >= PENDING_FOR_MS;
    return isOver
      ? { state: 'settled', outcome: 'success', evidence }
      : { state: 'moving', evidence };
  }
  const stuck = isOrphan(row, job) ? 'its job has ended, and Press has not noticed' : null;
  return { state: 'moving', evidence, ...(stuck && { stuck }) };
}

/** The callback was dropped: such a row never ends (B 1.2). */
export function isOrphan({ status }: Pick<Backup, 'status'>, job: JobStatus | null): boolean {
  const open = status === 'Pending' || status === 'Running';
  return open && (job === 'Success' || job === 'Failure' || job === 'Delivery Failure');
}
