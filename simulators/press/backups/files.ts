import { compactTime } from '../storage/links.js';
import { madeFile } from '../storage/made-files.js';
import { once, type Segment } from '../storage/segments.js';
import type { BackupFile, BackupRow, DataKind, FileKind, SiteDisk } from '../world/backups.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

export const FILE_KINDS: readonly FileKind[] = ['database', 'public', 'private', 'config'];

const ENDINGS: Readonly<Record<FileKind, string>> = {
  database: 'database.sql.gz',
  public: 'files.tar',
  private: 'private-files.tar',
  config: 'site_config_backup.json',
};

const KIB = 1024;

/** What a site that has just been made has on its server. */
export function newDisk(world: World, bench: string): SiteDisk {
  return {
    marks: { database: world.hash(), public: world.hash(), private: world.hash() },
    sizes: { database: 176 * KIB, public: 64 * KIB, private: 20 * KIB },
    bench,
    halfMigrated: false,
    maintenance: false,
    encryptionKey: world.hash(44),
  };
}

/** The files a backup of the site finds at a time. */
export function filesOf(
  world: World,
  site: SiteRow,
  at: Micros,
  withFiles: boolean,
): BackupRow['files'] {
  const { marks, sizes } = site.disk;
  const data = (kind: DataKind): BackupFile => ({
    fileName: fileName(site.name, at, kind),
    size: sizes[kind],
    mark: marks[kind] ?? 'empty',
    text: null,
    remote: null,
  });
  world.state.databases[marks.database ?? 'empty'] = { apps: [...site.apps] };
  return {
    database: data('database'),
    config: configFile(world, site, at),
    ...(withFiles ? { public: data('public'), private: data('private') } : {}),
  };
}

function configFile(world: World, site: SiteRow, at: Micros): BackupFile {
  const own = site.config.filter(({ internal }) => !internal);
  const text = JSON.stringify({
    db_name: `_${site.name.replaceAll(/\W/g, '').slice(0, 12)}`,
    encryption_key: site.disk.encryptionKey,
    ...Object.fromEntries(own.map(({ key, value }) => [key, value])),
  });
  return {
    fileName: fileName(site.name, at, 'config'),
    size: Buffer.byteLength(text),
    mark: world.hash(),
    text,
    remote: null,
  };
}

/** `20261120_221031-opse-site_fc_dev-database.sql.gz`; the time is UTC (backups-list). */
function fileName(site: string, at: Micros, kind: FileKind): string {
  const time = compactTime(at).replace('T', '_').replace('Z', '');
  return `${time}-${site.replaceAll('.', '_')}-${ENDINGS[kind]}`;
}

/** The bytes of a file of a backup. */
export function contentOf(backup: BackupRow, kind: FileKind, file: BackupFile): Segment[] {
  if (kind === 'config') return [once(Buffer.from(file.text ?? '{}'))];
  return madeFile({ kind, site: backup.siteName, mark: file.mark, size: file.size });
}
