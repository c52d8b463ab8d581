import type { CopyFileKind } from '../domain/safety-copy.js';
import {
  FILE_NAMES,
  readUpload,
  uploadName,
  type UploadRecord,
  writeDocument,
} from './documents.js';
import { CopySuperseded, DamagedArchive, SourceEnded, UploadGone } from './errors.js';
import { createInspector, type Inspection, type Inspector } from './inspect.js';
import type { Upload, VaultStorage } from './storage.js';
import type { OpenedSource, OpenSource, WorkOptions } from './types.js';
import { closeStream, untilAborted } from './until-aborted.js';

/** One file of one copy, and who writes it. */
export interface Writing {
  readonly storage: VaultStorage;
  readonly handle: string;
  readonly kind: CopyFileKind;
  readonly fileName: string;
  readonly writer: string;
  readonly signal: AbortSignal;
  readonly onProgress: NonNullable<WorkOptions['onProgress']>;
}

/**
 * Brings a file into the store, from its first byte or from where it was interrupted.
 *
 * @returns what was seen on the way; null after an interruption: then not all of it was
 */
export async function transfer(
  writing: Writing,
  before: UploadRecord | null,
  open: OpenSource,
): Promise<Inspection | null> {
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
  return inspection;
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
  let source: OpenedSource | null = null;
  try {
    if (old !== null && before !== null) {
      await claim(writing, old, before.totalBytes);
      if (old.stored === before.totalBytes) return { upload: old, source };
    }
    source = await open(old?.stored ?? 0, signal);
    const same = before?.totalBytes == null || before.totalBytes === source.totalBytes;
    if (old !== null && same && source.start === old.stored) return { upload: old, source };
    if (old !== null) await storage.removeFile(handle, name, old.state);
    if (source.start !== 0) {
      closeStream(source.stream);
      source = await open(0, signal);
    }
    if (source.start !== 0) throw new SourceEnded('the source does not begin with its first byte');
    await old?.release();
    const upload = await storage.begin(handle, name, source.totalBytes);
    await claim(writing, upload, source.totalBytes);
    return { upload, source };
  } catch (error) {
    await old?.release();
    if (source !== null) closeStream(source.stream);
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
    const { state } = upload;
    await upload.put(block.subarray(0, filled));
    if (upload.state !== state) await claim(writing, upload, totalBytes);
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
