import { randomUUID } from 'node:crypto';
import type { CopyFileKind } from '../domain/safety-copy.js';
import {
  FILE_NAMES,
  readManifest,
  readReceipt,
  readUpload,
  receiptName,
  uploadName,
  type UploadRecord,
  writeDocument,
} from './documents.js';
import { CopyComplete, CopySuperseded, DamagedArchive, SourceEnded, UploadGone } from './errors.js';
import { createInspector, type Inspector } from './inspect.js';
import type { Upload, VaultStorage } from './storage.js';
import type { CopyFile, OpenedSource, OpenSource, WorkOptions } from './types.js';
import { closeStream, untilAborted } from './until-aborted.js';

/** One file of one copy, and who writes it. */
interface Writing {
  readonly storage: VaultStorage;
  readonly handle: string;
  readonly kind: CopyFileKind;
  readonly fileName: string;
  readonly writer: string;
  readonly signal: AbortSignal;
  readonly onProgress: NonNullable<WorkOptions['onProgress']>;
}

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
  const writing = {
    ...{ storage, handle, kind, fileName, signal, onProgress },
    writer: randomUUID(),
  };
  const [receipt, record] = await Promise.all([
    readReceipt(storage, handle, kind),
    readUpload(storage, handle, kind),
  ]);
  const whole = await storage.size(handle, FILE_NAMES[kind]);
  if (receipt?.fileName === fileName && receipt.bytes === whole) return receipt;
  if ((await readManifest(storage, handle)) !== null) {
    throw new CopyComplete(`${handle} is complete, without ${fileName} (${kind})`);
  }
  const before = record?.fileName === fileName ? record : null;
  // Whole, but the writer ended before it could say so.
  if (before !== null && whole !== null) return seal(writing, await inspectStored(writing));
  if (before === null) {
    await storage.removeFile(handle, FILE_NAMES[kind], record?.state ?? null);
  }
  try {
    return await seal(writing, await transfer(writing, before, open));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

async function transfer(
  writing: Writing,
  before: UploadRecord | null,
  open: OpenSource,
): Promise<Inspection> {
  const { upload, source } = await connect(writing, before, open);
  const inspector = upload.stored === 0 ? createInspector(writing.kind, writing.fileName) : null;
  let inspection: Inspection | null = null;
  try {
    if (source !== null) {
      await pour(writing, source, upload, inspector);
      inspection = (await inspector?.end()) ?? null;
    }
    await stillOurs(writing);
    await upload.complete();
  } catch (error) {
    if (error instanceof DamagedArchive || error instanceof UploadGone) {
      await discard(writing, upload);
    }
    throw error;
  } finally {
    inspector?.abandon();
    await upload.release();
  }
  return inspection ?? inspectStored(writing);
}

/** Brings together what is stored and what the source still has; no source when that is nothing. */
async function connect(
  writing: Writing,
  before: UploadRecord | null,
  open: OpenSource,
): Promise<{ readonly upload: Upload; readonly source: OpenedSource | null }> {
  const { storage, handle, kind, signal } = writing;
  const name = FILE_NAMES[kind];
  const old = before === null ? null : await storage.resume(handle, name, before.state);
  if (old !== null && before !== null) {
    await claim(writing, old, before.totalBytes);
    if (old.stored === before.totalBytes) return { upload: old, source: null };
  }
  let source = await open(old?.stored ?? 0, signal);
  try {
    const same = before?.totalBytes == null || before.totalBytes === source.totalBytes;
    if (old !== null && same && source.start === old.stored) return { upload: old, source };
    if (old !== null) {
      await old.release();
      await storage.removeFile(handle, name, old.state);
    }
    if (source.start !== 0) {
      closeStream(source.stream);
      source = await open(0, signal);
    }
    if (source.start !== 0) throw new SourceEnded('the source does not begin with its first byte');
    const upload = await storage.begin(handle, name, source.totalBytes);
    await claim(writing, upload, source.totalBytes);
    return { upload, source };
  } catch (error) {
    closeStream(source.stream);
    throw error;
  }
}

/** Memory: one block, and what the source and the inspector hold. */
async function pour(
  writing: Writing,
  { stream, totalBytes }: OpenedSource,
  upload: Upload,
  inspector: Inspector | null,
): Promise<void> {
  const { kind, fileName, signal, onProgress } = writing;
  const block = Buffer.allocUnsafe(upload.blockBytes);
  let filled = 0;
  const flush = async () => {
    await stillOurs(writing);
    await upload.put(block.subarray(0, filled));
    await claim(writing, upload, totalBytes);
    filled = 0;
  };
  for await (const chunk of untilAborted(stream, signal)) {
    await inspector?.write(chunk);
    let rest = chunk;
    while (rest.length > 0) {
      const part = rest.subarray(0, block.length - filled);
      block.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
      if (filled === block.length) await flush();
    }
    onProgress({ kind, phase: 'writing', bytes: upload.stored, totalBytes });
  }
  const received = upload.stored + filled;
  if (totalBytes !== null && received < totalBytes) {
    throw new SourceEnded(`${fileName} ended after ${received} of ${totalBytes} bytes`);
  }
  if (totalBytes !== null && received > totalBytes) {
    throw new DamagedArchive(`${fileName} has more than the ${totalBytes} bytes announced`);
  }
  if (filled > 0) await flush();
  onProgress({ kind, phase: 'writing', bytes: upload.stored, totalBytes });
}

type Inspection = Pick<CopyFile, 'bytes' | 'sha256'>;

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
    if (error instanceof DamagedArchive) await storage.removeFile(handle, name, null);
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

/** Puts down how far the upload is, and that it is ours: earlier writers stop when they see it. */
function claim(
  { storage, handle, kind, fileName, writer }: Writing,
  { state }: Upload,
  totalBytes: number | null,
): Promise<void> {
  const record: UploadRecord = { fileName, totalBytes, writer, state };
  return writeDocument(storage, handle, uploadName(kind), record);
}

async function stillOurs({ storage, handle, kind, writer }: Writing): Promise<void> {
  const record = await readUpload(storage, handle, kind);
  if (record?.writer === writer) return;
  throw new CopySuperseded(`another writer has taken over ${kind} of ${handle}`);
}

/** What a later writer has begun is not ours to remove. */
async function discard(writing: Writing, { state }: Upload): Promise<void> {
  await stillOurs(writing);
  const { storage, handle, kind } = writing;
  await storage.removeFile(handle, FILE_NAMES[kind], state);
  await storage.removeFile(handle, uploadName(kind), null);
}
