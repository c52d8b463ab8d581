import type { Verification } from '../../domain/activity-types.js';
import type { VerifyBackupArgs } from '../../domain/backups.js';
import { COPY_FILE_KINDS } from '../../domain/safety-copy.js';
import { type Backup, type CallOptions, listBackups } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { bytesOf } from '../safety-copy/backups.js';

/** How long Press keeps files on the server of a site (B 1.5). */
const KEPT_FOR_MS = 24 * 60 * 60_000;

/** Reads a backup back that stays at Press: done is Success with its files available (B 1.2). */
export async function verifyBackup(
  { accounts, timing }: ActivityDeps,
  { account: name, site, backup, deadline }: VerifyBackupArgs,
  options: CallOptions,
): Promise<Verification> {
  const { press, clock } = accounts.get(name);
  const rows = await listBackups(press, { site, statuses: ['Success'] }, options);
  const row = rows.find((candidate) => candidate.name === backup);
  const wrong = row === undefined ? `the backup ${backup} is not there` : problemOf(row);
  if (wrong !== null && Date.now() < deadline) throw new NotYet(wrong, timing.verifyInterval);
  if (row === undefined || wrong !== null) {
    return { ok: false, failures: [wrong ?? ''], exceptions: [], details: {} };
  }
  const takenAt = clock.parse(row.creation);
  return {
    ok: true,
    failures: [],
    exceptions: [],
    details: {
      backup,
      takenAt: new Date(takenAt).toISOString(),
      parts: row.physical ? 'snapshot' : partsOf(row),
      bytes: `${bytesOf(row)}`,
      keptUntil: row.physical ? 'as Press decides' : new Date(takenAt + KEPT_FOR_MS).toISOString(),
    },
  };
}

function problemOf({
  name,
  physical,
  ready_to_restore,
  files_availability,
}: Backup): string | null {
  if (physical) return ready_to_restore ? null : `the snapshot of ${name} is not complete`;
  return files_availability === 'Available' ? null : `the files of ${name} are not available`;
}

const partsOf = ({ files }: Backup): string =>
  COPY_FILE_KINDS.filter((kind) => files[kind]?.file_name != null).join(', ');
