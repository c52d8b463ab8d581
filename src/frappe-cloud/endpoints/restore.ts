import type { CopyFileKind } from '../../domain/safety-copy.js';
import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import { runForName, tellForName } from './named.js';
import { statusIn } from './site-status.js';
import type { SiteStatus } from './sites.js';

/** Remote Files by what they hold; what is not named stays as it is on the site (B 2.4). */
export type RestoreFiles = Readonly<Partial<Record<CopyFileKind, string>>>;

export interface RestoreSite {
  readonly site: string;
  /**
   * The configuration is applied only together with a database; without it a site that an update
   * left in maintenance mode stays there (D 2.3).
   */
  readonly files: RestoreFiles;
  /** Lets the migration after a database go on over patches that fail. Default false. */
  readonly skip_failing_patches?: boolean;
}

/**
 * DESTROYS what is on the site and puts these files in its place: a database replaces the
 * database, files without one empty their folder first (B 2.4). Nothing is saved before and
 * nothing rolled back. Answers the job. Mutating (B 2.1). For partial sets and for files of any
 * team: nobody checks whose they are, so check before.
 *
 * The job decides, not the status: after `Failure` the site is Broken with `creation_failed`, on
 * which it is archived after 14 days; after `Delivery Failure` it is untouched and called Active
 * whatever it was (B 2.5).
 *
 * Repeated: 417 `BUSY` while open, afterwards it RUNS AGAIN. Proof: `listSiteActivity` "Restore",
 * by owner and creation, with its job (observed-2 1).
 *
 * @throws PressError `REFUSED` without a file or for want of space; `NOT_FOUND` for an unknown
 * Remote File; `SERVER_ERROR` when the storage has no such database or configuration any more
 */
export function restoreSite(
  press: Transport,
  { site, files, skip_failing_patches = false }: RestoreSite,
  options?: CallOptions,
): Promise<string> {
  const params = { name: site, files, skip_failing_patches };
  return tellForName(press, 'press.api.site.restore', params, options);
}

/**
 * As {@link restoreSite}, but refuses Remote Files of other teams: for own offsite backups.
 * Mutating (B 2.2). Repeated: as there.
 *
 * @throws PressError `FORBIDDEN` for a file of another team; `REFUSED` for an unknown one
 * @throws RangeError without a file: Press would change nothing and call the site healthy (B 2.2)
 */
export async function restoreSiteFromFiles(
  press: Transport,
  { site, files, skip_failing_patches = false }: RestoreSite,
  options?: CallOptions,
): Promise<string> {
  const { database = null, public: publicFiles = null, private: privateFiles = null } = files;
  if ((database ?? publicFiles ?? privateFiles) === null) {
    throw new RangeError('a restore needs a database, public or private files');
  }
  // All three keys must be there, null where nothing is given (B 2.2).
  const given = { ...files, database, public: publicFiles, private: privateFiles };
  const args = { files: given, skip_failing_patches };
  const call = { dt: 'Site', dn: site, method: 'restore_site_from_files', args };
  return runForName(press, call, options);
}

/**
 * DESTROYS the database and puts that of a snapshot in its place; files stay. Off by default at
 * Press. Mutating (B 2.6). Answers the status, Pending, and NO handle: it is over when the site is
 * not Pending any more, and succeeded only if a job "Physical Restore Database" younger than the
 * call is Success. It may wait without limit, and nothing cancels it.
 *
 * Repeated: 417 `BUSY` while open, afterwards it RUNS AGAIN. Proof: Pending, and within half a
 * minute a job "Deactivate Site"; there is no activity.
 *
 * @param args.backup Site Backup; that it is one of this site is NOT checked by Press
 * @throws PressError `REFUSED` where physical backups are off, or the backup is none or not ready
 */
export async function restoreSiteFromPhysicalBackup(
  press: Transport,
  args: { readonly site: string; readonly backup: string },
  options?: CallOptions,
): Promise<SiteStatus> {
  const method = 'restore_site_from_physical_backup';
  const call = { dt: 'Site', dn: args.site, method, args: { backup: args.backup } };
  return statusIn(await runDocMethod(press, call, options), `Site.${method}`);
}
