import type { FilesAtPress, OffsiteFilesArgs } from '../../domain/restore.js';
import type { CopyFileKind } from '../../domain/safety-copy.js';
import { listBackups, type Backup, type CallOptions } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';

/** Press keeps at most some dozens of offsite backups of a site (B 1.5). */
export const MANY_BACKUPS = 200;

/**
 * The Remote Files of these parts of an offsite backup.
 *
 * @throws Refused when Press has no such backup, or not the files of it
 */
export async function offsiteFiles(
  { accounts }: ActivityDeps,
  { account: name, site, backup, parts }: OffsiteFilesArgs,
  options: CallOptions,
): Promise<FilesAtPress> {
  const { press } = accounts.get(name);
  const query = { site, statuses: ['Success'], offsite: true, limit: MANY_BACKUPS } as const;
  const rows = await listBackups(press, query, options);
  const row = rows.find((candidate) => candidate.name === backup);
  if (row === undefined || row.files_availability !== 'Available') {
    throw new Refused(`Press has no files of the offsite backup ${backup} of ${site} any more`);
  }
  const files = remoteFilesOf(row, parts);
  const missing = parts.filter((part) => part !== 'config' && files[part] === undefined);
  if (missing.length > 0) {
    throw new Refused(`the offsite backup ${backup} has no ${missing.join(', ')}`);
  }
  return files;
}

/** Those of the files that lie in Press's storage, by kind. */
export function remoteFilesOf(backup: Backup, parts: readonly CopyFileKind[]): FilesAtPress {
  const found = parts.flatMap((part) => {
    const remote = backup.files[part]?.remote_file;
    return remote ? [[part, remote] as const] : [];
  });
  return Object.fromEntries(found);
}
