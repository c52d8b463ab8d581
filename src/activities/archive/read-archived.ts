import type { Verification } from '../../domain/activity-types.js';
import type { VerifyArchiveArgs } from '../../domain/archiving.js';
import {
  getSite,
  listArchivedSites,
  listBackups,
  listSiteActivity,
  type Account,
  type Backup,
  type CallOptions,
} from '../../frappe-cloud/index.js';
import type { Vault } from '../../vault/index.js';

type Archived = Pick<VerifyArchiveArgs, 'site' | 'job' | 'finalBackup' | 'copy'>;

/**
 * One look at what an archive has left: the name must be free, and the copy in the vault. Press's own
 * backup is a bonus where there is a copy: its row is often missing although the backup was made
 * (observed C10).
 */
export async function readArchived(
  account: Account,
  vault: Pick<Vault, 'manifest'>,
  { site, job, finalBackup, copy }: Archived,
  options: CallOptions,
): Promise<Verification> {
  const found = await getSite(account.press, { site }, options);
  const archived = await archivedBy(account, site, job, options);
  const inVault = copy?.where === 'vault' ? copy.handle : null;
  const isLost = inVault !== null && (await vault.manifest(inVault)) === null;
  const failures = [
    ...(found.found === 'own' ? [`there is a site ${site}, ${found.site.status}`] : []),
    ...(archived === null ? [`Press does not list ${site} as archived`] : []),
    ...(isLost ? [`the vault has no copy ${inVault}`] : []),
  ];
  const left = archived === null ? [] : await backupsLeft(account, archived, options);
  const final = left.find((row) => row.job !== null && row.job === job) ?? null;
  return {
    ok: failures.length === 0,
    failures,
    exceptions: worry({ copy, finalBackup }, final, left),
    details: {
      ...(archived !== null && { archivedAs: archived }),
      finalBackup: finalBackup ? (final?.name ?? 'not listed by Press') : 'not asked for',
    },
  };
}

/**
 * The name that Press gave to what this job archived. Others may have borne the name before: without
 * a job nothing tells.
 */
async function archivedBy(
  { press }: Account,
  site: string,
  job: string | null,
  options: CallOptions,
): Promise<string | null> {
  if (job === null) return null;
  for (const { name } of await listArchivedSites(press, { site }, options)) {
    const rows = await listSiteActivity(press, { site: name, action: 'Archive' }, options);
    if (rows.some((row) => row.job === job)) return name;
  }
  return null;
}

/** What Press has kept: it deletes all but the newest when a site is archived (B 4.2). */
const backupsLeft = ({ press }: Account, archivedAs: string, options: CallOptions) =>
  listBackups(press, { site: archivedAs, statuses: ['Success'], offsite: true }, options);

/** What people have to know when nothing, or not what they approved, can bring the site back. */
function worry(
  { copy, finalBackup }: Pick<Archived, 'copy' | 'finalBackup'>,
  final: Backup | null,
  left: readonly Backup[],
): readonly string[] {
  const [newest] = left;
  const rest =
    newest === undefined
      ? 'Press has no backup of it'
      : `the newest at Press is ${newest.name} of ${newest.creation}`;
  if (copy?.where === 'offsite' && !left.some(({ name }) => name === copy.handle)) {
    return [`the backup ${copy.handle} that is relied on was not kept; ${rest}`];
  }
  if (copy !== null || final !== null) return [];
  const why = finalBackup ? 'its final backup is not listed' : 'no final backup was made';
  return [`there is no copy of it, and ${why}; ${rest}`];
}
