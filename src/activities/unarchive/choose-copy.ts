import type { UnarchiveSiteInput } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import { IMPORTED, type SafetyCopy } from '../../domain/safety-copy.js';
import type { Account } from '../../frappe-cloud/index.js';
import type { CopyManifest, Vault } from '../../vault/types.js';
import { fail, pass, warn } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { offsiteBackups, type OffsiteBackup } from '../safety-copy/backups.js';
import type { ArchivedSite } from './archived-site.js';

/** What a site is made again from. */
export interface Source {
  readonly copy: SafetyCopy | null;
  /** Apps of the site then; null when they are not known. */
  readonly apps: readonly string[] | null;
  readonly check: Check;
}

/** Press's last backup of a site that we archive is minutes younger than the copy in the vault. */
const MUCH_YOUNGER_MS = 24 * 60 * 60 * 1_000;

/**
 * The copy that was named; else the newest in the vault, which was read back when it was stored; else
 * Press's last offsite backup, also when that is younger by more than a day.
 */
export async function chooseCopy(
  { vault }: Pick<ActivityDeps, 'vault'>,
  account: Account,
  { site, copy: named }: Pick<UnarchiveSiteInput, 'site' | 'copy'>,
  archived: readonly ArchivedSite[],
): Promise<Source> {
  if (named !== undefined) {
    const manifest = await vault.manifest(named);
    return manifest?.site === site && manifest.account === account.name
      ? fromVault(vault, manifest)
      : none(`the vault has no copy ${named} of ${site}`);
  }
  const [kept, offsite] = await Promise.all([
    newestInVault(vault, account, site),
    newestAtPress(account, archived),
  ]);
  if (kept === null && offsite === null) {
    return none('there is no copy of it in the vault, and no offsite backup at Press');
  }
  if (kept === null) return fromPress(offsite);
  const younger = offsite && Date.parse(offsite.backup.copy.takenAt) - Date.parse(kept.takenAt);
  return younger !== null && younger > MUCH_YOUNGER_MS
    ? fromPress(offsite)
    : fromVault(vault, kept);
}

interface AtPress {
  readonly backup: OffsiteBackup;
  readonly of: ArchivedSite;
}

const none = (detail: string): Source => ({ copy: null, apps: null, check: fail('copy', detail) });

function fromPress(found: AtPress | null): Source {
  if (found === null) return none('Press has no offsite backup of it');
  const { backup, of } = found;
  const { copy, problem } = backup;
  const said = `Press's backup ${copy.handle} of ${copy.takenAt}`;
  const check = problem === null ? pass('copy', said) : warn('copy', `${said}: ${problem}`);
  return { copy: { ...copy, version: of.version }, apps: of.apps, check };
}

/** Whole by its sizes; every byte is read before it is uploaded. */
async function fromVault(vault: Vault, manifest: CopyManifest): Promise<Source> {
  const { handle, site, takenAt, version, files, apps } = manifest;
  const stored = await Promise.all(files.map(({ kind }) => vault.stored(handle, kind)));
  const short = files.filter(({ bytes }, index) => stored[index] !== bytes);
  const parts = files.map(({ kind }) => kind);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const copy: SafetyCopy = { where: 'vault', handle, site, takenAt, version, bytes, parts };
  const damaged = short.map(({ kind }) => kind).join(', ');
  const check =
    short.length > 0
      ? fail('copy', `the vault copy ${handle} is not whole: ${damaged}`)
      : parts.includes('database')
        ? pass('copy', `the vault copy ${handle} of ${takenAt}: ${parts.join(', ')}`)
        : fail('copy', `the vault copy ${handle} has no database`);
  // An import names them only if it was told.
  return { copy, apps: apps.length === 0 ? null : apps, check };
}

async function newestInVault(
  vault: Vault,
  { name: account }: Account,
  site: string,
): Promise<CopyManifest | null> {
  let newest: CopyManifest | null = null;
  // Those of a site come oldest first; one that cannot be read is of no use.
  for await (const manifest of vault.list({ account, site, onUnreadable: () => undefined })) {
    // Files that were imported may be of anything: only who names them means them.
    if (manifest.backup === IMPORTED) continue;
    if (manifest.files.some(({ kind }) => kind === 'database')) newest = manifest;
  }
  return newest;
}

/** Half-made sites that were undone lie under the name too, without backups. */
async function newestAtPress(
  account: Account,
  archived: readonly ArchivedSite[],
): Promise<AtPress | null> {
  for (const of of archived) {
    const [backup] = await offsiteBackups(account, of);
    if (backup !== undefined) return { backup, of };
  }
  return null;
}
