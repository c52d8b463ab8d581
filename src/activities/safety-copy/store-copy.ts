import { Context } from '@temporalio/activity';
import type { SafetyCopy, StoreCopyArgs, StoredCopy } from '../../domain/safety-copy.js';
import {
  type Account,
  type Backup,
  calibrateClock,
  createSiteFiles,
  getSite,
  installedApps,
  type Site,
} from '../../frappe-cloud/index.js';
import { type CopyManifest, DamagedArchive, handleFor } from '../../vault/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { doubtOf, wholeBackups } from './backups.js';
import { beating, download, mayPass, type Movement } from './download.js';
import { encryptionKeyOf } from './encryption-key.js';

/**
 * Streams a backup from its site into the vault (D 4.4). May be repeated at any time: the copy's handle
 * is always the same, and what is stored is not fetched again. The session it opens is kept by nobody.
 */
export async function storeCopy(deps: ActivityDeps, args: StoreCopyArgs): Promise<StoredCopy> {
  const context = Context.current();
  const beats = beating(context);
  try {
    return await store(deps, args, context.cancellationSignal, beats.moved);
  } catch (error) {
    if (context.cancellationSignal.aborted) {
      throw new NotYet('the download was stopped', deps.timing.proofInterval);
    }
    return explain(deps, error, beats.movement());
  } finally {
    beats.stop();
  }
}

async function store(
  deps: ActivityDeps,
  { operationId, account: name, site, backup: wanted, acceptSize }: StoreCopyArgs,
  signal: AbortSignal,
  moved: (bytes: number) => void,
): Promise<StoredCopy> {
  const { accounts, vault } = deps;
  const account = accounts.get(name);
  const { press, door } = account;
  // The copy is named by its time: without the server's zone it would be named anew later.
  await calibrateClock(account, site, { signal });
  const [found, backups] = await Promise.all([
    getSite(press, { site }, { signal }),
    wholeBackups(account, site, { signal }),
  ]);
  const backup = backups.find((row) => row.name === wanted);
  if (found.found !== 'own') return { state: 'unusable', reason: `${site} is not ours any more` };
  if (backup?.files.database?.file_name == null) {
    return { state: 'unusable', reason: `the files of the backup ${wanted} are gone` };
  }
  const doubt = acceptSize ? null : doubtOf(backup, backups, account);
  if (doubt !== null) return { state: 'doubtful', reason: `backup ${wanted}: ${doubt}` };

  const takenAt = new Date(account.clock.parse(backup.creation)).toISOString();
  const handle = handleFor({ site, takenAt, operationId });
  const host = found.site.host_name ?? site;
  const files = createSiteFiles(press, door, { site, host });
  await download(backup, { vault, handle, files, signal, onProgress: moved });
  const manifest = await vault.complete(handle, {
    account: name,
    site,
    takenAt,
    operationId,
    backup: backup.name,
    version: found.site.version,
    apps: await appsOf(account, found.site, signal),
    sealedEncryptionKey: await sealedKeyOf(deps, handle, backup),
    expiresAt: null,
  });
  return { state: 'stored', copy: await recordCopy(deps, manifest) };
}

async function appsOf({ press }: Account, { name }: Site, signal: AbortSignal) {
  return (await installedApps(press, { site: name }, { signal })) ?? [];
}

async function sealedKeyOf(
  { vault, handOverKeys }: ActivityDeps,
  handle: string,
  { files }: Backup,
): Promise<string | null> {
  if (files.config?.file_name == null) return null;
  const key = await encryptionKeyOf(await vault.read(handle, 'config'));
  return key === null ? null : handOverKeys.seal(key);
}

/** Writes down that the copy is there, and what its files are. */
async function recordCopy({ ledger }: ActivityDeps, manifest: CopyManifest): Promise<SafetyCopy> {
  const { handle, site, takenAt, version, files, operationId, backup } = manifest;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const told = files.map(({ kind, bytes: size, sha256 }) => ({ kind, bytes: size, sha256 }));
  await ledger.record(operationId, {
    events: [
      {
        key: `safety/${handle}`,
        type: 'safety.copied',
        data: { handle, backup, takenAt, version, bytes, files: told },
      },
    ],
  });
  const parts = files.map(({ kind }) => kind);
  return { where: 'vault', handle, site, takenAt, version, bytes, parts };
}

/**
 * A site in maintenance, an expired session, a broken line or a vault that is away is waited for as long
 * as bytes have come of late; what lasts is for a person. Everything else is retried, or not, as usual.
 */
function explain({ timing }: ActivityDeps, error: unknown, { movedAt }: Movement): StoredCopy {
  if (error instanceof DamagedArchive) return { state: 'unusable', reason: error.message };
  if (!mayPass(error)) throw error;
  if ('code' in error && error.code === 'NOT_FOUND') {
    return { state: 'unusable', reason: `a file of the backup is gone: ${error.message}` };
  }
  if (Date.now() - movedAt < timing.transferStall) {
    throw new NotYet(error.message, timing.proofInterval);
  }
  return { state: 'unreachable', reason: error.message };
}
