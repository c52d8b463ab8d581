import { milliseconds } from '../jobs/agent.js';
import type { BackupFile, BackupRow } from '../world/backups.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { iso } from '../world/time.js';

interface NewBackup {
  owner: string;
  withFiles: boolean;
  offsite: boolean;
}

export function newBackup(world: World, site: SiteRow, request: NewBackup): BackupRow {
  const row: BackupRow = {
    ...world.newRow(request.owner),
    site: site.name,
    siteName: site.name,
    team: site.team,
    status: 'Pending',
    withFiles: request.withFiles,
    offsite: request.offsite,
    filesAvailability: '',
    job: null,
    files: {},
    onServerUntil: 0,
  };
  world.state.backups[row.name] = row;
  return row;
}

/** The oldest first. */
export function backupsOf(world: World, site: string): BackupRow[] {
  return Object.values(world.state.backups)
    .filter((row) => row.site === site)
    .sort((a, b) => a.creation - b.creation);
}

/** Stores the result of a backup: its files lie on the server, and of an offsite one in the bucket. */
export function finishBackup(world: World, backup: BackupRow, files: BackupRow['files']): void {
  backup.status = 'Success';
  backup.filesAvailability = 'Available';
  backup.files = files;
  backup.onServerUntil = world.now() + milliseconds(world.timings.onsiteBackup);
  world.touch(backup);
  if (backup.offsite) storeOffsite(world, backup);
}

function storeOffsite(world: World, backup: BackupRow): void {
  const day = iso(world.now()).slice(0, 10);
  for (const file of Object.values(backup.files)) {
    const key = `${backup.siteName}/${day}/${file.fileName}`;
    const body = file.text === null ? null : Buffer.from(file.text).toString('base64');
    world.state.objects[key] = { key, size: file.size, etag: file.mark, mark: file.mark, body };
    file.remote = registerFile(world, backup, file, key);
  }
}

function registerFile(
  world: World,
  { site, team }: BackupRow,
  { fileName, size }: BackupFile,
  key: string,
): string {
  const row = { ...world.newRow('Administrator'), fileName, size, key, url: null, team, site };
  world.state.remoteFiles[row.name] = row;
  return row.name;
}

/** The files are gone: lists show the backup no more, and links lead to nothing. */
export function dropFiles(world: World, backup: BackupRow): void {
  backup.filesAvailability = 'Unavailable';
  backup.onServerUntil = Math.min(backup.onServerUntil, world.now());
  for (const { remote } of Object.values(backup.files)) {
    const key = world.state.remoteFiles[remote ?? '']?.key;
    if (key !== undefined) Reflect.deleteProperty(world.state.objects, key);
  }
  world.touch(backup);
}
