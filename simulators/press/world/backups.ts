import type { Micros, Row } from './model.js';

/** The artifacts of a backup, as the API calls them. */
export type FileKind = 'database' | 'public' | 'private' | 'config';
/** Those with the data of a site. */
export type DataKind = Exclude<FileKind, 'config'>;

/**
 * What lies on the server for a site, which Press itself does not know. The marks stand for the
 * data: they travel with backups, so that one can tell what a restore has brought back.
 */
export interface SiteDisk {
  /** Null where nothing usable is left, e.g. after a restore that broke off. */
  marks: Record<DataKind, string | null>;
  /** Sizes in bytes of the files of the next backup. */
  sizes: Record<DataKind, number>;
  /**
   * The bench its directory really lies on, null once it was dropped; the agent refuses jobs for it
   * on any other, whatever Press believes (D 2.3).
   */
  bench: string | null;
  /** Whether a migration broke off: its data are neither of the old version nor of the new one. */
  halfMigrated: boolean;
  /** Maintenance mode of its own configuration: the site answers 503. */
  maintenance: boolean;
  encryptionKey: string;
}

export interface BackupFile {
  fileName: string;
  size: number;
  mark: string;
  /** Of a configuration file, which is not made up. */
  text: string | null;
  /** Remote File of an offsite backup. */
  remote: string | null;
}

/** A Site Backup (B 1.1). */
export interface BackupRow extends Row {
  site: string;
  /** The name the site had when it was taken: `/backups/` and the bucket know no other. */
  siteName: string;
  team: string;
  status: 'Pending' | 'Running' | 'Success' | 'Failure';
  withFiles: boolean;
  offsite: boolean;
  filesAvailability: '' | 'Available' | 'Unavailable';
  job: string | null;
  files: Partial<Record<FileKind, BackupFile>>;
  /** Until when the files lie on the site's own server. */
  onServerUntil: Micros;
}

/** A Remote File, unreadable for a team: only its name travels (B 3.6). */
export interface RemoteFileRow extends Row {
  fileName: string;
  /** Null for an upload registered without it. */
  size: number | null;
  key: string;
  /** Registered as a link instead of an upload; never looked at. */
  url: string | null;
  team: string;
  /** Set for the files of offsite backups, null for uploads. */
  site: string | null;
}

/** An object in the storage: an upload, or a file of an offsite backup. */
export interface ObjectRow {
  key: string;
  size: number;
  etag: string;
  mark: string;
  /** Base64 of a small object, which is kept; null for others, whose content is made up again. */
  body: string | null;
}

/** A multipart upload that is neither completed nor aborted. */
export interface MultipartRow {
  id: string;
  key: string;
  parts: Record<string, Omit<ObjectRow, 'key'>>;
}

/** The part of the world that is about backups. */
export interface BackupState {
  backups: Record<string, BackupRow>;
  remoteFiles: Record<string, RemoteFileRow>;
  objects: Record<string, ObjectRow>;
  multiparts: Record<string, MultipartRow>;
  /** Apps of each known database, by its mark. */
  databases: Record<string, { apps: string[] }>;
  /** False: Press cannot reach the object storage. */
  storageReachable: boolean;
}
