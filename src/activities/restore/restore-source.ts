import type { RestoreSiteInput, RestoreSource } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import type { RestoreOrigin } from '../../domain/restore.js';
import { COPY_FILE_KINDS, type CopyFileKind, IMPORTED } from '../../domain/safety-copy.js';
import type { Account } from '../../frappe-cloud/index.js';
import { isHandle } from '../../vault/handle.js';
import type { Vault } from '../../vault/types.js';
import { fail, pass, warn } from '../checks.js';
import { readOffsiteSource, readSnapshotSource } from './press-source.js';

/** What preflight found out about the data that is to come. */
export interface SourceReading {
  readonly origin: RestoreOrigin;
  /** For people, e.g. "backup f3a1c9 of shop.frappe.cloud". */
  readonly says: string;
  /** Made of this very site by its backups: no newer than it is, and with no other apps. */
  readonly own: boolean;
  /** ISO time; null when it is not known. */
  readonly takenAt: string | null;
  /** Version of the data; null when it is not known. */
  readonly version: string | null;
  /** Apps of the data; null when they are not known. */
  readonly apps: readonly string[] | null;
  readonly has: readonly CopyFileKind[];
  /** Compressed, by file; null when they are not known. */
  readonly bytes: Readonly<Record<'database' | 'public' | 'private', number>> | null;
  readonly checks: readonly Check[];
}

/** Finds the data of a restore, and whether it is ours to use: Press looks at neither (B 2.1). */
export function readSource(
  account: Account,
  vault: Vault,
  { site, from }: Pick<RestoreSiteInput, 'site' | 'from'>,
): Promise<SourceReading> {
  if ('copy' in from) return readVaultSource(account, vault, from.copy, site);
  if ('files' in from) return Promise.resolve(readUploads(from));
  if ('snapshot' in from) return readSnapshotSource(account, site, from.snapshot);
  return readOffsiteSource(account, from.ofSite ?? site, from.backup, site);
}

async function readVaultSource(
  account: Account,
  vault: Vault,
  handle: string,
  onto: string,
): Promise<SourceReading> {
  const manifest = isHandle(handle) ? await vault.manifest(handle) : null;
  const origin = { kind: 'copy', handle } as const;
  if (manifest === null) {
    return nothing(origin, `copy ${handle}`, `the vault has no complete copy ${handle}`);
  }
  const bytesOf = (kind: CopyFileKind) =>
    manifest.files.find((file) => file.kind === kind)?.bytes ?? 0;
  const ours = manifest.account === account.name;
  return {
    origin,
    says: `copy ${handle}`,
    own: manifest.site === onto && manifest.backup !== IMPORTED,
    takenAt: manifest.takenAt,
    version: manifest.version,
    apps: manifest.apps.length > 0 ? manifest.apps : null,
    has: COPY_FILE_KINDS.filter((kind) => manifest.files.some((file) => file.kind === kind)),
    bytes: {
      database: bytesOf('database'),
      public: bytesOf('public'),
      private: bytesOf('private'),
    },
    checks: [
      ours
        ? pass('source', `of ${manifest.site}, taken ${manifest.takenAt}`)
        : fail('source', `${handle} belongs to account ${manifest.account}, not ${account.name}`),
    ],
  };
}

/** Nothing about uploads can be read; whose they are Press looks at when it restores (B 2.2). */
function readUploads({ files }: Extract<RestoreSource, { files: unknown }>): SourceReading {
  const has = COPY_FILE_KINDS.filter((kind) => files[kind] !== undefined);
  return {
    origin: { kind: 'files', files },
    says: `uploads ${has.map((kind) => `${kind} ${files[kind] ?? ''}`).join(', ')}`,
    own: false,
    takenAt: null,
    version: null,
    apps: null,
    has,
    bytes: null,
    checks: [warn('source', 'uploads cannot be read before: version, apps and size are unknown')],
  };
}

/** A source that is not there. */
export function nothing(origin: RestoreOrigin, says: string, why: string): SourceReading {
  return {
    origin,
    says,
    own: false,
    takenAt: null,
    version: null,
    apps: null,
    has: [],
    bytes: null,
    checks: [fail('source', why)],
  };
}
