import type { Readable } from 'node:stream';
import type { CopyFileKind } from '../../domain/safety-copy.js';
import type { PressError } from '../errors.js';
import type { Storage } from './storage.js';
import type { CallOptions, Transport } from '../transport.js';
import type { ByteRange } from './upload-parts.js';

/** A file to upload; any part of it can be read, also more than once and several at a time. */
export interface UploadSource {
  readonly kind: CopyFileKind;
  /** Name of the file; its ending matters to the server that restores it (B 3.5). */
  readonly file_name: string;
  readonly bytes: number;
  read(range: ByteRange): Promise<Readable>;
}

export interface UploadOptions extends CallOptions {
  /** Told how many bytes of the file have left so far; falls when a part has to be sent again. */
  readonly onProgress?: (bytes: number) => void;
  /**
   * Asked after each failure of a single step whether to do that step again, with what is there
   * already kept; waits as long as it likes. Default: no, every failure is the end.
   */
  readonly again?: (error: PressError) => Promise<boolean>;
  /** Parts on their way at once. Default 3. */
  readonly parallel?: number;
  /** Default 64 MiB; more where the storage or the number of parts wants it. */
  readonly partBytes?: number;
  /** Longest time in which nothing moves, ms. Default 120 s. */
  readonly idleMs?: number;
}

/** One upload on its way. */
export interface Upload {
  readonly press: Transport;
  readonly storage: Storage;
  readonly source: UploadSource;
  readonly options: UploadOptions;
}
