import type { Readable } from 'node:stream';
import type { CopyFileKind } from '../domain/safety-copy.js';

/** A file of a copy as it is stored. */
export interface CopyFile {
  readonly kind: CopyFileKind;
  /** As the source called it; only told, never used as a path. */
  readonly fileName: string;
  readonly bytes: number;
  /** Of the stored bytes, hex. */
  readonly sha256: string;
}

/** What a copy is; written last, so that a copy without it is incomplete. */
export interface CopyManifest {
  readonly handle: string;
  readonly account: string;
  readonly site: string;
  /** ISO time at which the backup was taken. */
  readonly takenAt: string;
  /** ISO time at which the copy was complete. */
  readonly storedAt: string;
  /** Operation the copy was made for. */
  readonly operationId: string;
  /** Name of Press's Site Backup. */
  readonly backup: string;
  /** Frappe Version of the site then, e.g. "Version 15"; null when it is not known. */
  readonly version: string | null;
  readonly apps: readonly string[];
  /** The site's encryption key, sealed by the caller; null when there was none to be had. */
  readonly sealedEncryptionKey: string | null;
  readonly files: readonly CopyFile[];
  /** ISO time until which it must be kept; null: as long as policy says. */
  readonly expiresAt: string | null;
}

/** What the maker of a copy tells about it; the rest of the manifest the vault knows. */
export type CopyDetails = Omit<CopyManifest, 'handle' | 'storedAt' | 'files'>;

/** A copy that was begun and has no manifest. */
export interface IncompleteCopy {
  readonly handle: string;
  /** ISO time of the last write to it. */
  readonly lastWrittenAt: string;
}

/** The bytes of a file on their way into the vault. */
export interface OpenedSource {
  /** Position of the first byte: what was asked for, or 0 where the source cannot continue. */
  readonly start: number;
  /** Of the whole file, not of what is left; null when the source does not say. */
  readonly totalBytes: number | null;
  readonly stream: AsyncIterable<Uint8Array>;
}

/** Opens the source at a position; asked again after every interruption. */
export type OpenSource = (start: number, signal: AbortSignal) => Promise<OpenedSource>;

/** How far a long piece of work is. */
export interface VaultProgress {
  readonly kind: CopyFileKind;
  readonly phase: 'writing' | 'checking';
  /** Done in this phase; while writing, what is safely stored. */
  readonly bytes: number;
  readonly totalBytes: number | null;
}

export interface WorkOptions {
  readonly signal?: AbortSignal;
  /** Called often; for heartbeats and progress bars. */
  readonly onProgress?: (progress: VaultProgress) => void;
}

/** What is wrong with a complete copy. */
export interface CopyProblem {
  readonly kind: CopyFileKind | 'manifest';
  readonly problem: string;
}

/**
 * A store the operator owns, in which copies of sites are kept (D 4.4). Files are streamed; memory
 * is bounded whatever their size. Every method throws `InvalidHandle` for what {@link handleFor}
 * cannot have made, and `VaultUnavailable` when the store does not answer: callers try again,
 * nothing is lost.
 */
export interface Vault {
  /** Where copies go, for people. */
  readonly location: string;
  /** How many bytes of a file are stored: of one under way, or of a whole one. 0: nothing. */
  stored(handle: string, kind: CopyFileKind): Promise<number>;
  /**
   * Stores a file of a copy, going on where an earlier call was interrupted. A file that is there
   * already is answered without opening the source.
   *
   * @throws DamagedArchive when it is no whole archive; nothing of it is kept, another call starts
   * from the first byte
   * @throws SourceEnded when the source ended early; another call goes on from there
   * @throws CopySuperseded when another writer has taken over
   * @throws CopyComplete when the copy has a manifest, and in it another file of this kind
   */
  writeFile(
    handle: string,
    file: { readonly kind: CopyFileKind; readonly fileName: string },
    open: OpenSource,
    options?: WorkOptions,
  ): Promise<CopyFile>;
  /**
   * Writes the manifest over all files that were stored. Repeated: the first manifest stays.
   *
   * @throws CopyNotFound when no file was stored
   */
  complete(handle: string, details: CopyDetails): Promise<CopyManifest>;
  /** Null for a copy that is not complete, or not there. */
  manifest(handle: string): Promise<CopyManifest | null>;
  /**
   * A stored file, or a part of it; `end` is exclusive.
   *
   * @throws CopyNotFound
   */
  read(
    handle: string,
    kind: CopyFileKind,
    range?: { readonly start?: number; readonly end?: number },
  ): Promise<Readable>;
  /**
   * Complete copies; those of one site oldest first.
   *
   * @throws DamagedRecord for a manifest that cannot be read, unless `onUnreadable` takes it
   */
  list(filter?: {
    readonly account?: string;
    readonly site?: string;
    readonly onUnreadable?: (handle: string) => void;
  }): AsyncIterable<CopyManifest>;
  /** Reads every file and compares it with the manifest. @throws CopyNotFound */
  verify(handle: string, options?: WorkOptions): Promise<readonly CopyProblem[]>;
  /** Removes a copy, complete or not; removing nothing is fine. The manifest goes first. */
  remove(handle: string): Promise<void>;
  incomplete(): AsyncIterable<IncompleteCopy>;
  close(): Promise<void>;
}

/** Where the vault is. */
export type VaultSettings =
  | { readonly type: 'directory'; readonly path: string }
  | {
      readonly type: 's3';
      readonly bucket: string;
      /** Before every key; may have slashes. */
      readonly prefix?: string;
      /** Of an S3-compatible server, addressed by path; default: Amazon's. */
      readonly endpoint?: string;
      readonly region: string;
      /** Default: what the AWS SDK finds by itself. */
      readonly accessKeyId?: string;
      readonly secretAccessKey?: string;
    };
