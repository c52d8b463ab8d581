import {
  COPY_FILE_KINDS,
  IMPORTED,
  implausible,
  type SafetyCopy,
} from '../../domain/safety-copy.js';
import type { Account, Site } from '../../frappe-cloud/index.js';
import type { CopyManifest, Vault } from '../../vault/index.js';
import type { ActivityDeps } from '../deps.js';
import { movesOf, updatedSince, type OffsiteBackup } from './backups.js';
import { inWords } from './words.js';

/** The older copy of a site that cannot hand out its files now (D 4.4). */
export interface StandIn {
  /** Null when there is none. */
  readonly copy: SafetyCopy | null;
  /** Why it would not bring the site back as it was; null when it would. */
  readonly problem: string | null;
  /** Newer ones that were passed over, each with why. */
  readonly passedOver: readonly string[];
}

type Candidate = Pick<OffsiteBackup, 'copy' | 'problem'>;

/**
 * The newest copy that nothing speaks against, in the vault or at Press; without one the newest that
 * can be had at all, and what speaks against it.
 */
export async function chooseStandIn(
  deps: ActivityDeps,
  account: Account,
  site: Site,
  offsite: readonly OffsiteBackup[],
): Promise<StandIn> {
  const { copies, unreadable } = await vaultCopies(deps, account, site);
  const moves = copies.length === 0 ? [] : await movesOf(account, site.name);
  const sizes = [...offsite.map(({ copy }) => sizeOf(copy)), ...copies.map(dataSizeOf)];
  const inVault = copies.map((manifest): Candidate => {
    const copy = copyOf(manifest);
    const doubts = [
      missingOf(copy),
      updatedSince(moves, Date.parse(copy.takenAt), account),
      versionDoubt(copy, site),
      implausible(dataSizeOf(manifest), sizes),
    ];
    return { copy, problem: doubts.find((doubt) => doubt !== null) ?? null };
  });
  const candidates = [...offsite, ...inVault].sort(newestFirst);

  const useless = unreadable.map((handle) => `the vault copy ${handle}: it cannot be read`);
  const doubtful: Candidate[] = [];
  for (const candidate of candidates) {
    const { copy, problem } = candidate;
    const gone = await goneFrom(deps.vault, copy);
    if (gone !== null) useless.push(`${inWords(copy)}: ${gone}`);
    else if (problem !== null) doubtful.push(candidate);
    else return { copy, problem, passedOver: [...useless, ...doubtful.map(explained)] };
  }
  const { copy = null, problem = null } = doubtful[0] ?? {};
  return { copy, problem, passedOver: useless };
}

const explained = ({ copy, problem }: Candidate): string => `${inWords(copy)}: ${problem}`;

const newestFirst = (one: Candidate, other: Candidate): number =>
  Date.parse(other.copy.takenAt) - Date.parse(one.copy.takenAt);

/** Complete copies of the site; files that were imported may be of anything. */
async function vaultCopies(
  { vault }: ActivityDeps,
  { name: account }: Account,
  { name: site }: Site,
): Promise<{ readonly copies: readonly CopyManifest[]; readonly unreadable: readonly string[] }> {
  const copies: CopyManifest[] = [];
  const unreadable: string[] = [];
  const onUnreadable = (handle: string) => unreadable.push(handle);
  for await (const copy of vault.list({ account, site, onUnreadable })) {
    const hasDatabase = copy.files.some(({ kind }) => kind === 'database');
    if (hasDatabase && copy.backup !== IMPORTED) copies.push(copy);
  }
  return { copies, unreadable };
}

function copyOf({ handle, site, takenAt, version, files }: CopyManifest): SafetyCopy {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const parts = files.map(({ kind }) => kind);
  return { where: 'vault', handle, site, takenAt, version, bytes, parts };
}

const sizeOf = ({ takenAt, bytes }: SafetyCopy) => ({ takenAt: Date.parse(takenAt), bytes });

/** Without the configuration, as Press's backups are measured. */
function dataSizeOf({ takenAt, files }: CopyManifest) {
  const data = files.filter(({ kind }) => kind !== 'config');
  return { takenAt: Date.parse(takenAt), bytes: data.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function missingOf({ parts }: SafetyCopy): string | null {
  const missing = COPY_FILE_KINDS.filter((kind) => !parts.includes(kind));
  return missing.length === 0 ? null : `it has no ${missing.join(', ')}`;
}

const versionDoubt = ({ version }: SafetyCopy, site: Site): string | null =>
  version === null || version === site.version
    ? null
    : `it is of ${version}, the site of ${site.version ?? 'an unknown version'}`;

/** Whether files of a vault copy have vanished; reading them through is for later. */
async function goneFrom(
  vault: Vault,
  { where, handle, parts }: SafetyCopy,
): Promise<string | null> {
  if (where !== 'vault') return null;
  const stored = await Promise.all(
    parts.map(async (kind) => ((await vault.stored(handle, kind)) === 0 ? [kind] : [])),
  );
  const gone = stored.flat();
  return gone.length === 0 ? null : `its ${gone.join(', ')} cannot be read`;
}
