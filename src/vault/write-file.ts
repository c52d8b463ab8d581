import { randomUUID } from 'node:crypto';
import type { CopyFileKind } from '../domain/safety-copy.js';
import {
  FILE_NAMES,
  readManifest,
  readReceipt,
  readUpload,
  receiptName,
  uploadName,
  writeDocument,
} from './documents.js';
import { CopyComplete, DamagedArchive } from './errors.js';
import { createInspector, type Inspection } from './inspect.js';
import type { VaultStorage } from './storage.js';
import { transfer, type Writing } from './transfer.js';
import type { CopyFile, OpenSource, WorkOptions } from './types.js';
import { untilAborted } from './until-aborted.js';

/**
 * Stores one file. What is written without a break is looked at on its way; what was interrupted
 * is read once more from the store when it is whole, so that checksum and archive check are of the
 * bytes that are there.
 */
export async function writeFile(
  storage: VaultStorage,
  handle: string,
  { kind, fileName }: { readonly kind: CopyFileKind; readonly fileName: string },
  open: OpenSource,
  { signal = new AbortController().signal, onProgress = () => undefined }: WorkOptions,
): Promise<CopyFile> {
  const name = FILE_NAMES[kind];
  const [receipt, record, whole] = await Promise.all([
    readReceipt(storage, handle, kind),
    readUpload(storage, handle, kind),
    storage.size(handle, name),
  ]);
  if (receipt?.fileName === fileName && receipt.bytes === whole) return receipt;
  if ((await readManifest(storage, handle)) !== null) {
    throw new CopyComplete(`${handle} is complete, without ${fileName} (${kind})`);
  }
  const writer = randomUUID();
  const writing = { storage, handle, kind, fileName, writer, signal, onProgress };
  const before = record?.fileName === fileName ? record : null;
  // Whole, but the writer ended before it could say so.
  if (before !== null && whole !== null) return seal(writing, await inspectStored(writing));
  if (before === null) await storage.removeFile(handle, name, record?.state ?? null);
  try {
    const seen = await transfer(writing, before, open);
    return await seal(writing, seen ?? (await inspectStored(writing)));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** Reads a whole file from the store. A damaged one is removed. */
async function inspectStored(writing: Writing): Promise<Inspection> {
  const { storage, handle, kind, fileName, signal, onProgress } = writing;
  const name = FILE_NAMES[kind];
  const totalBytes = await storage.size(handle, name);
  const inspector = createInspector(kind, fileName);
  let bytes = 0;
  try {
    for await (const chunk of untilAborted(await storage.read(handle, name), signal)) {
      await inspector.write(chunk);
      bytes += chunk.length;
      onProgress({ kind, phase: 'checking', bytes, totalBytes });
    }
    return await inspector.end();
  } catch (error) {
    if (error instanceof DamagedArchive) {
      await storage.removeFile(handle, name, null);
      await storage.removeFile(handle, uploadName(kind), null);
    }
    throw error;
  } finally {
    inspector.abandon();
  }
}

/** Writes down that a file is whole; from here on its upload is forgotten. */
async function seal(
  { storage, handle, kind, fileName }: Writing,
  { bytes, sha256 }: Inspection,
): Promise<CopyFile> {
  const file: CopyFile = { kind, fileName, bytes, sha256 };
  await writeDocument(storage, handle, receiptName(kind), file);
  await storage.removeFile(handle, uploadName(kind), null);
  return file;
}
