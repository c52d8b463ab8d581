import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { UploadGone } from './errors.js';
import { nullIfMissing, reached } from './file-errors.js';
import type { Upload, UploadState } from './storage.js';

/** Large enough that a disk is busy with writing, small enough that little is lost. */
const BLOCK_BYTES = 1024 * 1024;

/** A part has a name of its own, so that a writer who was given up never meets the next one's. */
export async function beginPart(directory: string, name: string): Promise<Upload> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const part = `${name}.${randomUUID()}.part`;
  const file = await open(path.join(directory, part), 'wx', 0o600);
  return uploadTo(directory, name, part, file, 0);
}

/** Null when the part is gone. */
export async function resumePart(
  directory: string,
  name: string,
  { part }: UploadState,
): Promise<Upload | null> {
  if (typeof part !== 'string' || !isPartOf(part, name)) return null;
  const file = await open(path.join(directory, part), 'r+').catch(nullIfMissing);
  return file === null ? null : uploadTo(directory, name, part, file, (await file.stat()).size);
}

export function isPartOf(candidate: string, name: string): boolean {
  return (
    candidate.startsWith(`${name}.`) &&
    /^[0-9a-f-]{36}\.part$/.test(candidate.slice(name.length + 1))
  );
}

function uploadTo(
  directory: string,
  name: string,
  part: string,
  file: FileHandle,
  size: number,
): Upload {
  let stored = size;
  let isOpen = true;
  const release = async () => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    blockBytes: BLOCK_BYTES,
    get stored() {
      return stored;
    },
    state: { part },
    put: (block) =>
      reached(async () => {
        await writeAt(file, block, stored);
        stored += block.length;
      }),
    complete: () =>
      reached(async () => {
        await file.sync();
        await release();
        const whole = path.join(directory, name);
        try {
          await rename(path.join(directory, part), whole);
        } catch (error) {
          // The writer before has still got there; it is looked at like every resumed file.
          if ((await stat(whole).catch(nullIfMissing)) === null) {
            nullIfMissing(error);
            throw new UploadGone(`${part} was taken away`);
          }
        }
        await syncDirectory(directory);
      }),
    release,
  };
}

/** By position: two writers of the same bytes do no harm to each other. */
async function writeAt(file: FileHandle, block: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < block.length) {
    const left = block.length - written;
    const { bytesWritten } = await file.write(block, written, left, position + written);
    written += bytesWritten;
  }
}

/** A rename is safe when its directory is. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
