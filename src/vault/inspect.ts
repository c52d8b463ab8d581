import { createHash } from 'node:crypto';
import type { CopyFileKind } from '../domain/safety-copy.js';
import { DamagedArchive } from './errors.js';
import { createGunzip, createJsonReader, type ByteSink } from './formats.js';
import { createTarReader } from './tar.js';
import type { CopyFile } from './types.js';

/** What a whole file turned out to be. */
export type Inspection = Pick<CopyFile, 'bytes' | 'sha256'>;

/** Looks at all bytes of a file as they pass by. */
export interface Inspector {
  /** Resolves when there is room for more. @throws DamagedArchive */
  write(chunk: Uint8Array): Promise<void>;
  /** @throws DamagedArchive when the archive is not whole */
  end(): Promise<Inspection>;
  /** For an inspection that nobody ends. */
  abandon(): void;
}

/** What Frappe calls files that it has encrypted; only their owner can look into them. */
const ENCRYPTED = /-enc(\.\w+)+$/;

const GZIP_MAGIC = 0x1f;

/**
 * Checksum and archive check of one file: gzip by its own checksum and length, tar (plain or
 * gzipped) header by header until its end marker, a config as a JSON object.
 */
export function createInspector(kind: CopyFileKind, fileName: string): Inspector {
  const hash = createHash('sha256');
  let bytes = 0;
  let reader: ByteSink | null = null;
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DamagedArchive(`${fileName} (${kind}): ${reason}`, { cause });
    }
  };
  return {
    write: (chunk) =>
      named(async () => {
        if (chunk.length === 0) return;
        hash.update(chunk);
        bytes += chunk.length;
        reader ??= ENCRYPTED.test(fileName) ? OPAQUE : readerFor(kind, chunk[0] === GZIP_MAGIC);
        await reader.write(chunk);
      }),
    end: () =>
      named(async () => {
        if (reader === null) throw new Error('it is empty');
        await reader.end();
        return { bytes, sha256: hash.digest('hex') };
      }),
    abandon: () => reader?.abandon(),
  };
}

const OPAQUE: ByteSink = {
  write: async () => undefined,
  end: async () => undefined,
  abandon: () => undefined,
};

function readerFor(kind: CopyFileKind, gzipped: boolean): ByteSink {
  switch (kind) {
    case 'database':
      if (!gzipped) throw new Error('it does not begin like a gzip file');
      return createGunzip(OPAQUE);
    case 'public':
    case 'private':
      return gzipped ? createGunzip(createTarReader()) : createTarReader();
    case 'config':
      return createJsonReader();
  }
}
