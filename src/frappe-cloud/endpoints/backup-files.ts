import { z } from 'zod';
import type { CopyFileKind } from '../../domain/safety-copy.js';

/** One file of a backup. */
export interface BackupFile {
  /** Null, like `url`, where only the Remote File is known. */
  readonly file_name: string | null;
  /** As on the site; null where Press does not tell (the configuration, in lists). */
  readonly bytes: number | null;
  /** On the site's own name, for sessions there; its host name may be another (D 3). */
  readonly url: string | null;
  /** Remote File, which restores take. Only offsite backups have one (B 1.1). */
  readonly remote_file: string | null;
}

/** The files a backup has; physical and unfinished ones have none. */
export type BackupFiles = Readonly<Record<CopyFileKind, BackupFile | null>>;

const text = z.string().nullish();

/** Bytes as text (B 1.1). */
export const backupSize = z
  .union([z.string().regex(/^\d*$/), z.number().int().nonnegative()])
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? null : +value));

/** The columns of the files, named as irregularly as Press does. */
export const BackupFileColumns = z.object({
  database_url: text,
  database_size: backupSize,
  remote_database_file: text,
  public_url: text,
  public_size: backupSize,
  remote_public_file: text,
  private_url: text,
  private_size: backupSize,
  remote_private_file: text,
  config_file_url: text,
  remote_config_file: text,
});

function fileOf(
  url: string | null | undefined,
  bytes: number | null,
  remote: string | null | undefined,
): BackupFile | null {
  if (!url && !remote) return null;
  const file_name = url?.split('/').at(-1) || null;
  return { file_name, bytes, url: url || null, remote_file: remote || null };
}

/** The same, sorted by file. */
export function filesOf(
  row: z.infer<typeof BackupFileColumns>,
  configBytes: number | null,
): BackupFiles {
  return {
    database: fileOf(row.database_url, row.database_size, row.remote_database_file),
    public: fileOf(row.public_url, row.public_size, row.remote_public_file),
    private: fileOf(row.private_url, row.private_size, row.remote_private_file),
    config: fileOf(row.config_file_url, configBytes, row.remote_config_file),
  };
}
