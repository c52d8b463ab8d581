import { createHash } from 'node:crypto';
import { COPY_FILE_KINDS, type CopyFileKind } from '../domain/safety-copy.js';
import {
  FILE_NAMES,
  MANIFEST,
  readManifest,
  readReceipt,
  readUpload,
  writeDocument,
} from './documents.js';
import { CopyNotFound, DamagedRecord } from './errors.js';
import { checkHandle, siteMark } from './handle.js';
import type { VaultStorage } from './storage.js';
import type { CopyFile, CopyManifest, CopyProblem, Vault, WorkOptions } from './types.js';
import { untilAborted } from './until-aborted.js';
import { writeFile } from './write-file.js';

/** A vault in any place that can hold one. */
export function createVault(storage: VaultStorage): Vault {
  return {
    location: storage.location,
    stored: (handle, kind) => stored(storage, checkHandle(handle), kind),
    writeFile: (handle, file, open, options = {}) =>
      writeFile(storage, checkHandle(handle), file, open, options),
    complete: (handle, details) => complete(storage, checkHandle(handle), details),
    manifest: (handle) => readManifest(storage, checkHandle(handle)),
    read: (handle, kind, range) => storage.read(checkHandle(handle), FILE_NAMES[kind], range),
    list: (filter = {}) => list(storage, filter),
    verify: (handle, options = {}) => verify(storage, checkHandle(handle), options),
    remove: (handle) => remove(storage, checkHandle(handle)),
    incomplete: () => incomplete(storage),
    close: () => storage.close(),
  };
}

async function stored(storage: VaultStorage, handle: string, kind: CopyFileKind): Promise<number> {
  const name = FILE_NAMES[kind];
  const whole = await storage.size(handle, name);
  if (whole !== null) return whole;
  const record = await readUpload(storage, handle, kind);
  const upload = record === null ? null : await storage.resume(handle, name, record.state);
  await upload?.release();
  return upload?.stored ?? 0;
}

async function complete(
  storage: VaultStorage,
  handle: string,
  details: Parameters<Vault['complete']>[1],
): Promise<CopyManifest> {
  const before = await readManifest(storage, handle);
  if (before !== null) return before;
  const receipts = await Promise.all(
    COPY_FILE_KINDS.map((kind) => readReceipt(storage, handle, kind)),
  );
  const files = receipts.filter((receipt) => receipt !== null);
  if (files.length === 0) throw new CopyNotFound(`no file of ${handle} is stored`);
  for (const { kind, bytes } of files) {
    if ((await storage.size(handle, FILE_NAMES[kind])) === bytes) continue;
    throw new CopyNotFound(`${kind} of ${handle} is not there any more`);
  }
  const manifest: CopyManifest = {
    ...details,
    handle,
    storedAt: new Date().toISOString(),
    files,
  };
  await writeDocument(storage, handle, MANIFEST, manifest);
  return manifest;
}

async function* list(
  storage: VaultStorage,
  { account, site, onUnreadable }: NonNullable<Parameters<Vault['list']>[0]>,
): AsyncGenerator<CopyManifest> {
  for await (const { handle, names } of storage.handles(site === undefined ? '' : siteMark(site))) {
    if (!names.includes(MANIFEST)) continue;
    const manifest = await readManifest(storage, handle).catch((error: unknown) => {
      if (onUnreadable === undefined) throw error;
      onUnreadable(handle);
      return unreadable(error);
    });
    if (manifest === null) continue;
    if (account !== undefined && manifest.account !== account) continue;
    if (site === undefined || manifest.site === site) yield manifest;
  }
}

async function verify(
  storage: VaultStorage,
  handle: string,
  options: WorkOptions,
): Promise<readonly CopyProblem[]> {
  let manifest: CopyManifest | null;
  try {
    manifest = await readManifest(storage, handle);
  } catch (error) {
    if (!(error instanceof DamagedRecord)) throw error;
    return [{ kind: 'manifest', problem: 'cannot be read' }];
  }
  if (manifest === null) throw new CopyNotFound(`there is no complete copy ${handle}`);
  const problems: CopyProblem[] = [];
  for (const file of manifest.files) {
    const problem = await problemOf(storage, handle, file, options);
    if (problem !== null) problems.push({ kind: file.kind, problem });
  }
  return problems;
}

async function problemOf(
  storage: VaultStorage,
  handle: string,
  { kind, bytes, sha256 }: CopyFile,
  { signal = new AbortController().signal, onProgress }: WorkOptions,
): Promise<string | null> {
  const size = await storage.size(handle, FILE_NAMES[kind]);
  if (size === null) return 'is missing';
  if (size !== bytes) return `has ${size} bytes instead of ${bytes}`;
  const hash = createHash('sha256');
  let read = 0;
  for await (const chunk of untilAborted(await storage.read(handle, FILE_NAMES[kind]), signal)) {
    hash.update(chunk);
    read += chunk.length;
    onProgress?.({ kind, phase: 'checking', bytes: read, totalBytes: bytes });
  }
  return hash.digest('hex') === sha256 ? null : 'has another checksum';
}

async function remove(storage: VaultStorage, handle: string): Promise<void> {
  for (const kind of COPY_FILE_KINDS) {
    const record = await readUpload(storage, handle, kind).catch(unreadable);
    // What a store has of an upload may be in no listing.
    if (record !== null) await storage.removeFile(handle, FILE_NAMES[kind], record.state);
  }
  await storage.removeCopy(handle, MANIFEST);
}

function unreadable(error: unknown): null {
  if (error instanceof DamagedRecord) return null;
  throw error;
}

async function* incomplete(storage: VaultStorage) {
  for await (const { handle, names, lastWrittenAt } of storage.handles('')) {
    if (names.includes(MANIFEST)) continue;
    yield { handle, lastWrittenAt: lastWrittenAt.toISOString() };
  }
}
