import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { beginPart, isPartOf, resumePart, syncDirectory } from './directory-upload.js';
import { CopyNotFound } from './errors.js';
import { nullIfMissing, reached } from './file-errors.js';
import { isHandle } from './handle.js';
import type { StoredHandle, VaultStorage } from './storage.js';
import { withErrorsOf } from './stream-errors.js';

/** Copies as directories below one; nothing is seen under its name before it is whole. */
export function createDirectoryStorage(root: string): VaultStorage {
  const at = (handle: string, name = '') => path.join(root, handle, name);
  return {
    location: root,
    putDocument: (handle, name, text) =>
      reached(async () => {
        await mkdir(at(handle), { recursive: true, mode: 0o700 });
        const temporary = at(handle, `.${name}.${randomUUID()}`);
        const file = await open(temporary, 'wx', 0o600);
        try {
          await file.writeFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, at(handle, name));
        await syncDirectory(at(handle));
      }),
    getDocument: (handle, name) =>
      reached(() => readFile(at(handle, name), 'utf8').catch(nullIfMissing)),
    size: (handle, name) =>
      reached(async () => (await stat(at(handle, name)).catch(nullIfMissing))?.size ?? null),
    read: (handle, name, { start = 0, end } = {}) =>
      reached(async () => {
        const file = await open(at(handle, name)).catch(nullIfMissing);
        if (file === null) throw new CopyNotFound(`there is no ${name} in ${handle}`);
        if (end !== undefined && end <= start) {
          await file.close();
          return Readable.from([]);
        }
        return withErrorsOf(
          file.createReadStream({ start, ...(end !== undefined && { end: end - 1 }) }),
        );
      }),
    begin: (handle, name) => reached(() => beginPart(at(handle), name)),
    resume: (handle, name, state) => reached(() => resumePart(at(handle), name, state)),
    removeFile: (handle, name) =>
      reached(async () => {
        const names = (await readdir(at(handle)).catch(nullIfMissing)) ?? [];
        for (const found of names.filter((each) => each === name || isPartOf(each, name))) {
          await rm(at(handle, found), { force: true });
        }
      }),
    removeCopy: (handle, first) =>
      reached(async () => {
        await rm(at(handle, first), { force: true });
        await rm(at(handle), { recursive: true, force: true });
      }),
    handles: (beginning) => handlesIn(root, beginning),
    close: async () => undefined,
  };
}

async function* handlesIn(root: string, beginning: string): AsyncGenerator<StoredHandle> {
  const handles = await reached(() => readdir(root).catch(nullIfMissing));
  const wanted = (handles ?? []).filter((name) => name.startsWith(beginning) && isHandle(name));
  for (const handle of wanted.sort()) {
    const found = await reached(() => lookAt(path.join(root, handle)).catch(nullIfMissing));
    if (found !== null) yield { handle, ...found };
  }
}

async function lookAt(directory: string): Promise<Omit<StoredHandle, 'handle'>> {
  const names = await readdir(directory);
  const times = await Promise.all(
    ['.', ...names].map(async (name) => (await stat(path.join(directory, name))).mtimeMs),
  );
  return { names, lastWrittenAt: new Date(Math.max(...times)) };
}
