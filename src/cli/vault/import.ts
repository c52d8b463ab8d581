import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { COPY_FILE_KINDS, type CopyFileKind, IMPORTED } from '../../domain/safety-copy.js';
import { InvalidInput } from '../../errors.js';
import { loadPolicy } from '../../policy-file.js';
import { handleFor, type CopyDetails, type Vault, type VaultProgress } from '../../vault/index.js';
import { Interrupted } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import { untilInterrupted } from '../interrupt.js';
import type { CommonOptions } from '../options.js';
import type { Output } from '../output.js';
import { defaultsAt } from '../prepare-provision.js';
import { liveRegion } from '../render/live.js';
import { renderChecking, renderImported } from '../render/vault.js';
import { findInstallation } from '../session.js';
import { withVault } from './opening.js';
import { throttled } from './verify.js';

export interface ImportOptions
  extends CommonOptions, Readonly<Partial<Record<CopyFileKind, string>>> {
  readonly site: string;
  readonly takenAt?: string;
  readonly version?: string;
  readonly apps?: string;
  readonly account?: string;
}

/** A file on disk that becomes part of a copy. */
interface Given {
  readonly kind: CopyFileKind;
  readonly file: string;
  readonly stats: Stats;
}

const DAY_MS = 86_400_000;

/**
 * Stores files of the caller as a copy. Its handle is made of the files, so that the same command
 * again goes on where an earlier one was interrupted, and repeats nothing once it is done.
 *
 * @throws InvalidInput for files that are not there or no whole archives; Interrupted
 */
export async function importCopy(out: Output, options: ImportOptions): Promise<ExitCode> {
  const given = await findFiles(options);
  const operationId = `import-${fingerprint(given)}`;
  const takenAt = takenAtOf(options, given);
  const { account, domain } = defaultsAt(await findInstallation(), operationId);
  const isBare = !options.site.includes('.') && domain !== undefined;
  const site = isBare ? `${options.site}.${domain}` : options.site;
  const handle = handleFor({ site, takenAt, operationId });
  return withVault(async (vault, config) => {
    await untilInterrupted((signal) => storeAll(out, vault, { handle, given, signal }));
    const { keepDays } = loadPolicy(config.policyFile).vault;
    const details: CopyDetails = {
      account: options.account ?? account,
      site,
      takenAt,
      operationId,
      backup: IMPORTED,
      version: options.version ?? null,
      apps: options.apps?.split(',').map((app) => app.trim()) ?? [],
      sealedEncryptionKey: null,
      // Policy counts from the day of the backup, which may be long ago.
      expiresAt: new Date(Date.now() + keepDays * DAY_MS).toISOString(),
    };
    const { files, expiresAt } = await vault.complete(handle, details);
    out.document({ handle, site, takenAt, expiresAt, files });
    out.lines(renderImported(handle, site, files, out.view()));
    return ExitCode.ok;
  });
}

/** @throws InvalidInput with every problem there is */
async function findFiles(options: ImportOptions): Promise<readonly Given[]> {
  const problems: { readonly path: string; readonly message: string }[] = [];
  const given: Given[] = [];
  for (const kind of COPY_FILE_KINDS) {
    const file = options[kind];
    if (file === undefined) continue;
    const stats = await stat(file).catch(() => null);
    if (stats?.isFile()) given.push({ kind, file, stats });
    else problems.push({ path: kind, message: `there is no file ${file}` });
  }
  if (problems.length === 0 && !given.some(({ kind }) => kind !== 'config')) {
    problems.push({ path: 'files', message: 'give at least one of database, public, private' });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return given;
}

/** @throws InvalidInput */
function takenAtOf({ takenAt }: ImportOptions, [first]: readonly Given[]): string {
  const time = takenAt === undefined ? first?.stats.mtime : new Date(takenAt);
  if (time !== undefined && !Number.isNaN(time.getTime())) return time.toISOString();
  throw new InvalidInput([{ path: 'taken-at', message: `"${takenAt}" is no ISO time` }]);
}

/** The same files are the same copy. */
function fingerprint(given: readonly Given[]): string {
  const told = given.map(({ kind, file, stats: { size, mtimeMs } }) => [
    ...[kind, path.resolve(file), size, mtimeMs],
  ]);
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}

interface Storing {
  readonly handle: string;
  readonly given: readonly Given[];
  readonly signal: AbortSignal;
}

async function storeAll(out: Output, vault: Vault, { handle, given, signal }: Storing) {
  const region = out.live ? liveRegion(out) : null;
  const onProgress = throttled((progress: VaultProgress) =>
    region?.draw([renderChecking(handle, progress)]),
  );
  try {
    for (const one of given) await storeOne(vault, handle, one, { signal, onProgress });
  } catch (error) {
    region?.erase();
    if (!signal.aborted) throw error;
    throw new Interrupted('what was stored is kept', 'go on: give the same command again');
  } finally {
    region?.erase();
  }
}

/** @throws InvalidInput for what is no whole archive */
async function storeOne(
  vault: Vault,
  handle: string,
  { kind, file, stats }: Given,
  options: { readonly signal: AbortSignal; readonly onProgress: (at: VaultProgress) => void },
): Promise<void> {
  const open = (start: number) =>
    Promise.resolve({ start, totalBytes: stats.size, stream: createReadStream(file, { start }) });
  try {
    await vault.writeFile(handle, { kind, fileName: path.basename(file) }, open, options);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DamagedArchive') throw error;
    throw new InvalidInput([{ path: kind, message: error.message }]);
  }
}
