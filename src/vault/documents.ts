import { z } from 'zod';
import { COPY_FILE_KINDS, type CopyFileKind } from '../domain/safety-copy.js';
import { DamagedRecord } from './errors.js';
import type { UploadState, VaultStorage } from './storage.js';
import type { CopyFile, CopyManifest } from './types.js';

export const MANIFEST = 'manifest.json';

/** Names in a copy, the same for every copy: what a source calls its files is never a path. */
export const FILE_NAMES: Readonly<Record<CopyFileKind, string>> = {
  database: 'database.sql.gz',
  public: 'public-files.tar',
  private: 'private-files.tar',
  config: 'site-config.json',
};

/** What is known of a file that is whole, until the manifest takes it over. */
export const receiptName = (kind: CopyFileKind) => `${kind}.receipt.json`;

/** What is known of a file under way. */
export const uploadName = (kind: CopyFileKind) => `${kind}.upload.json`;

const FileSchema = z.object({
  kind: z.enum(COPY_FILE_KINDS),
  fileName: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
}) satisfies z.ZodType<CopyFile>;

const ManifestSchema = z.object({
  handle: z.string(),
  account: z.string(),
  site: z.string(),
  takenAt: z.iso.datetime({ offset: true }),
  storedAt: z.iso.datetime({ offset: true }),
  operationId: z.string(),
  backup: z.string(),
  version: z.string().nullable(),
  apps: z.array(z.string()),
  sealedEncryptionKey: z.string().nullable(),
  files: z.array(FileSchema),
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
}) satisfies z.ZodType<CopyManifest>;

/** An upload that goes on, maybe under another writer. */
export interface UploadRecord {
  readonly fileName: string;
  readonly totalBytes: number | null;
  /** The one that may write; the newest. */
  readonly writer: string;
  readonly state: UploadState;
}

const UploadSchema = z.object({
  fileName: z.string(),
  totalBytes: z.number().nullable(),
  writer: z.string(),
  state: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<UploadRecord>;

/** @throws DamagedRecord */
export function readManifest(storage: VaultStorage, handle: string): Promise<CopyManifest | null> {
  return readDocument(storage, handle, MANIFEST, ManifestSchema);
}

export function readReceipt(
  storage: VaultStorage,
  handle: string,
  kind: CopyFileKind,
): Promise<CopyFile | null> {
  return readDocument(storage, handle, receiptName(kind), FileSchema);
}

export function readUpload(
  storage: VaultStorage,
  handle: string,
  kind: CopyFileKind,
): Promise<UploadRecord | null> {
  return readDocument(storage, handle, uploadName(kind), UploadSchema);
}

export function writeDocument(
  storage: VaultStorage,
  handle: string,
  name: string,
  document: unknown,
): Promise<void> {
  return storage.putDocument(handle, name, `${JSON.stringify(document, null, 2)}\n`);
}

async function readDocument<T>(
  storage: VaultStorage,
  handle: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const text = await storage.getDocument(handle, name);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DamagedRecord(`${name} of ${handle} cannot be read`, { cause });
  }
}
