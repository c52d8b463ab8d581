import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { BackupFileColumns, backupSize, filesOf } from './backup-files.js';
import { getList, runDocMethod } from './generic.js';
import { ask, checkShape, flag, naiveDatetime } from './wire.js';

/** Every status of a Site Backup; an undeliverable job reads as Failure here (B 1.1). */
export const BACKUP_STATUSES = ['Pending', 'Running', 'Success', 'Failure'] as const;
export type BackupStatus = (typeof BACKUP_STATUSES)[number];

const AVAILABILITIES = ['', 'Available', 'Unavailable'] as const;

const BackupColumns = BackupFileColumns.extend({
  name: z.string(),
  site: z.string(),
  status: z.enum(BACKUP_STATUSES),
  owner: z.string(),
  creation: naiveDatetime,
  job: z.string().nullable(),
  with_files: flag,
  offsite: flag,
  physical: flag,
  database_snapshot: z.string().nullable(),
  files_availability: z
    .enum(AVAILABILITIES)
    .nullable()
    .transform((value) => value ?? ''),
});

const BackupSchema = BackupColumns.extend({
  /**
   * Computed by Press. Of a physical backup: its snapshot is complete. Of a logical one it says
   * nothing, a Pending one has it too (observed 4).
   */
  ready_to_restore: z.boolean(),
}).transform((row) => ({
  name: row.name,
  site: row.site,
  status: row.status,
  /** "Administrator" when Press took it by itself. */
  owner: row.owner,
  creation: row.creation,
  /** Null of a physical backup that has not begun. */
  job: row.job,
  with_files: row.with_files,
  offsite: row.offsite,
  physical: row.physical,
  database_snapshot: row.database_snapshot,
  /** "" until success, "Unavailable" once the files are gone. */
  files_availability: row.files_availability,
  ready_to_restore: row.ready_to_restore,
  files: filesOf(row, null),
}));
export type Backup = z.infer<typeof BackupSchema>;

export interface BackupQuery {
  /** An archived site has them under `<name>.archived` (B 4.2). */
  readonly site: string;
  /** Always sent: without it Press tells of Success only (B 1.3). */
  readonly statuses: readonly BackupStatus[];
  /** Only offsite ones, or only those on the site's server. */
  readonly offsite?: boolean;
  /** Created then or later; a datetime of the server: the `creation` of a row, or of `toNaive`. */
  readonly since?: string;
  /** Default 100. */
  readonly limit?: number;
}

/**
 * Backups of an own site, the newest first; those of which the files are gone are missing. Read
 * (B 1.3). Done is `Success` with files `Available`. A row that stays open although its job has
 * ended will never end: its callback was dropped (B 1.2).
 *
 * @throws PressError
 */
export function listBackups(
  press: Transport,
  { site, statuses, offsite, since, limit }: BackupQuery,
  options?: CallOptions,
): Promise<Backup[]> {
  const query = {
    doctype: 'Site Backup',
    fields: Object.keys(BackupColumns.shape),
    filters: {
      site,
      status: ['in', statuses],
      ...(offsite !== undefined && { offsite: offsite ? 1 : 0 }),
      ...(since !== undefined && { creation: ['>=', since] }),
    },
    ...(limit !== undefined && { limit }),
  };
  return getList(press, query, BackupSchema, options);
}

const AvailableBackupSchema = BackupFileColumns.extend({
  name: z.string(),
  creation: naiveDatetime,
  with_files: flag,
  offsite: flag,
  config_file_size: backupSize,
}).transform((row) => ({
  name: row.name,
  creation: row.creation,
  with_files: row.with_files,
  offsite: row.offsite,
  files: filesOf(row, row.config_file_size),
}));
export type AvailableBackup = z.infer<typeof AvailableBackupSchema>;

/**
 * The backups that have files now, the newest first: at most 10 on the site's server and 30
 * offsite. Read (B 1.3). Tells the size of the configuration, which {@link listBackups} cannot; a
 * physical backup is one without any file.
 *
 * @throws PressError `FORBIDDEN`, also for a site that does not exist
 */
export function availableBackups(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<AvailableBackup[]> {
  const params = { name: args.site };
  return ask(press, 'press.api.site.backups', params, z.array(AvailableBackupSchema), options);
}

export interface ScheduleBackup {
  readonly site: string;
  readonly with_files: boolean;
  /** A snapshot of the database server, with downtime; off by default at Press. */
  readonly physical?: boolean;
}

/**
 * Orders a backup on the site's server, kept for a day there, and answers its name; the site goes
 * on meanwhile. Mutating (B 1.2). No call orders an offsite one (D 4).
 *
 * Repeated: 417 `BUSY` while any backup of the last two hours is open, perhaps one of Press's own;
 * afterwards, or before the first has ended on the server, a SECOND backup (observed C7). Proof:
 * {@link listBackups} with all statuses, by owner and creation (observed-2 1).
 *
 * @throws PressError; `REFUSED` for the fourth backup of a suspended site, and where physical
 * backups are switched off
 */
export async function scheduleBackup(
  press: Transport,
  { site, with_files, physical = false }: ScheduleBackup,
  options?: CallOptions,
): Promise<string> {
  const call = { dt: 'Site', dn: site, method: 'schedule_backup', args: { with_files, physical } };
  const { message } = await runDocMethod(press, call, options);
  return checkShape(z.object({ name: z.string() }), message, 'Site.schedule_backup').name;
}
