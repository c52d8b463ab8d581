import type { Readable } from 'node:stream';

/** What a place must be able to do to hold a vault; names are plain words. */
export interface VaultStorage {
  readonly location: string;
  /** Replaces a small document, whole or not at all. */
  putDocument(handle: string, name: string, text: string): Promise<void>;
  getDocument(handle: string, name: string): Promise<string | null>;
  /** Size of a whole file; null when it is not there. */
  size(handle: string, name: string): Promise<number | null>;
  /** `end` is exclusive. @throws CopyNotFound */
  read(
    handle: string,
    name: string,
    range?: { readonly start?: number; readonly end?: number },
  ): Promise<Readable>;
  /** Begins a file, dropping what an earlier upload has left of it. */
  begin(handle: string, name: string, totalBytes: number | null): Promise<Upload>;
  /** An upload that was begun; null when nothing is left of it. */
  resume(handle: string, name: string, state: UploadState): Promise<Upload | null>;
  /** Removes a file, and what is stored of it; removing nothing is fine. */
  removeFile(handle: string, name: string, state: UploadState | null): Promise<void>;
  /** Removes everything under a handle, `first` before the rest. */
  removeCopy(handle: string, first: string): Promise<void>;
  /** Handles with this beginning, in the order of their names. */
  handles(beginning: string): AsyncIterable<StoredHandle>;
  close(): Promise<void>;
}

export interface StoredHandle {
  readonly handle: string;
  /** Of files and documents. */
  readonly names: readonly string[];
  readonly lastWrittenAt: Date;
}

/** What a storage wants to know again of an upload; plain JSON, kept by the vault. */
export type UploadState = Readonly<Record<string, unknown>>;

/** A file that becomes visible when it is complete. */
export interface Upload {
  /** Of each block but the last. */
  readonly blockBytes: number;
  /** Bytes safely stored, which is where the next block goes. */
  readonly stored: number;
  /** As of the last block; another object when it has changed. */
  readonly state: UploadState;
  put(block: Uint8Array): Promise<void>;
  /** Makes the file visible. */
  complete(): Promise<void>;
  /** Lets go of it; what is stored stays. */
  release(): Promise<void>;
}
