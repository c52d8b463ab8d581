import type { RestoreFilesArgs } from '../../domain/restore.js';
import { getJobStatus, listBackups, type CallOptions } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { isOrphan } from '../safety-copy/backup-tracker.js';

/** An older one that is open still will never end (B 1.2). */
const PENDING_FOR_MS = 2 * 60 * 60_000;

/**
 * Waits for a backup that runs: neither Press nor the server keeps one away from a restore (B 5.1).
 * Only before the restore is sent for the first time.
 *
 * @throws NotYet
 */
export async function waitForBackup(
  { accounts, ledger, timing }: ActivityDeps,
  { key, account: name, site }: RestoreFilesArgs,
  options: CallOptions,
): Promise<void> {
  const command = await ledger.getCommand(key);
  if (command !== null && command.state !== 'intended') return;
  const { press, clock } = accounts.get(name);
  const rows = await listBackups(press, { site, statuses: ['Pending', 'Running'] }, options);
  for (const row of rows) {
    if (clock.now() - clock.parse(row.creation) >= PENDING_FOR_MS) continue;
    const status = row.job === null ? null : await getJobStatus(press, { job: row.job }, options);
    if (isOrphan(row, status)) continue;
    throw new NotYet(`backup ${row.name} of ${site} is being made`, timing.undoInterval);
  }
}
