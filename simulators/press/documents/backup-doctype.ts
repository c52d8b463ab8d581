import type { BackupRow, FileKind } from '../world/backups.js';
import type { World } from '../world/world.js';
import { text } from '../json.js';
import type { Json } from '../types.js';
import { baseColumns, type Columns, type Doctype, flag } from './doctype.js';
import { owned } from './owned.js';

const FIELDS = [
  'job',
  'status',
  'database_url',
  'public_url',
  'private_url',
  'config_file_url',
  'site',
  'database_size',
  'public_size',
  'private_size',
  'with_files',
  'offsite',
  'files_availability',
  'remote_database_file',
  'remote_public_file',
  'remote_private_file',
  'remote_config_file',
  'physical',
  'database_snapshot',
];

const backupBase = owned({
  doctype: 'Site Backup',
  fields: FIELDS,
  rows: (world) => Object.values(world.state.backups),
  team: (_world, row) => row.team,
  columns: (_world, row) => backupColumns(row),
});

export const backupDoctype: Doctype = {
  ...backupBase,
  /** Without a status filter only Success is listed; what has no files any more never is (B 1.3). */
  list(context, filters) {
    const { backups } = context.world.state;
    return backupBase
      .list(context, filters)
      .filter(({ name, status, files_availability: files }) => {
        if (status === 'Success' && files === 'Unavailable') return false;
        if (!('status' in filters) && status !== 'Success') return false;
        const row = backups[text(name)];
        return row !== undefined && isOfDay(context.world, row, filters.backup_date);
      });
  },
  /** Both are computed from what was selected: without `physical` nothing is ready (B 1.3). */
  decorate(_context, row, _columns, { fields }) {
    row.type = 'Logical';
    row.ready_to_restore = fields.includes('physical');
  },
};

function isOfDay(world: World, row: BackupRow, day: Json | undefined): boolean {
  return day === undefined || world.local(row.creation)?.startsWith(text(day)) === true;
}

function backupColumns(row: BackupRow): Columns {
  const { files } = row;
  const size = (kind: FileKind): string | null => files[kind]?.size.toString() ?? null;
  return {
    job: row.job,
    status: row.status,
    database_url: urlOf(row, 'database'),
    public_url: urlOf(row, 'public'),
    private_url: urlOf(row, 'private'),
    config_file_url: urlOf(row, 'config'),
    site: row.site,
    database_size: size('database'),
    public_size: size('public'),
    private_size: size('private'),
    with_files: flag(row.withFiles),
    offsite: flag(row.offsite),
    files_availability: row.filesAvailability,
    ...remoteColumns(row),
    physical: 0,
    database_snapshot: null,
  };
}

const remoteColumns = ({ files }: BackupRow): Columns => ({
  remote_database_file: files.database?.remote ?? null,
  remote_public_file: files.public?.remote ?? null,
  remote_private_file: files.private?.remote ?? null,
  remote_config_file: files.config?.remote ?? null,
});

function urlOf(row: BackupRow, kind: FileKind): string | null {
  const file = row.files[kind];
  return file === undefined ? null : `https://${row.siteName}/backups/${file.fileName}`;
}

/** A row of `press.api.site.backups` (B 1.3): file names, and sizes as text. */
export function backupLine(world: World, row: BackupRow): Columns {
  const { files } = row;
  const artifact = (kind: 'database' | 'public' | 'private'): Columns => ({
    [`${kind}_file`]: files[kind]?.fileName ?? null,
    [`${kind}_size`]: files[kind]?.size.toString() ?? null,
    [`${kind}_url`]: urlOf(row, kind),
  });
  return {
    name: row.name,
    with_files: flag(row.withFiles),
    ...artifact('database'),
    config_file_size: files.config?.size.toString() ?? null,
    config_file_url: urlOf(row, 'config'),
    config_file: files.config?.fileName ?? null,
    ...artifact('private'),
    ...artifact('public'),
    creation: world.local(row.creation),
    status: row.status,
    offsite: flag(row.offsite),
    ...remoteColumns(row),
  };
}

/** The document as `schedule_backup` answers it: not yet re-read, so without its job (B 1.2). */
export function newBackupDocument(world: World, row: BackupRow): Columns {
  return {
    ...baseColumns(world, { ...row, modified: row.creation, modifiedBy: row.owner }),
    status: 'Pending',
    site: row.site,
    team: row.team,
    files_availability: '',
    physical: 0,
    for_site_update: 0,
    with_files: flag(row.withFiles),
    offsite: 0,
    deactivate_site_during_backup: 0,
    doctype: 'Site Backup',
  };
}
