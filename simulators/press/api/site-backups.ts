import { backupsOf } from '../backups/rows.js';
import { takeBackup } from '../backups/take.js';
import { backupLine } from '../documents/backup-doctype.js';
import { missing, refuse } from '../http/errors.js';
import { text, truthy } from '../json.js';
import { recordActivity } from '../sites/activity.js';
import { BACKUPS, signedUrl } from '../storage/links.js';
import type { FileKind } from '../world/backups.js';
import type { SiteRow } from '../world/model.js';
import { FILE_KINDS } from '../backups/files.js';
import { type CallContext, type Endpoints, type Params, siteOf, userOf } from './endpoint.js';

/** How many rows `backups` shows of each kind (B 1.3). */
const ONSITE_SHOWN = 10;
const OFFSITE_SHOWN = 30;

export const siteBackupEndpoints: Endpoints = {
  /** Only what has files: a backup that is open or has failed never appears (B 1.3). */
  'press.api.site.backups': {
    guard: 'Site',
    run(context, params) {
      const { world } = context;
      const rows = backupsOf(world, siteOf(context, params).name)
        .filter(({ filesAvailability }) => filesAvailability === 'Available')
        .reverse();
      const shown = [
        ...rows.filter(({ offsite }) => !offsite).slice(0, ONSITE_SHOWN),
        ...rows.filter(({ offsite }) => offsite).slice(0, OFFSITE_SHOWN),
      ];
      return shown.sort((a, b) => b.creation - a.creation).map((row) => backupLine(world, row));
    },
  },
  'press.api.site.backup': {
    mutates: true,
    guard: 'Site',
    requires: ['name'],
    run(context, params) {
      takeBackup(context.world, siteOf(context, params), {
        owner: userOf(context).user,
        withFiles: truthy(params.with_files),
        checkedAt: context.checkedAt,
      });
      return undefined;
    },
  },
  'press.api.site.get_backup_link': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'backup', 'file'],
    run: (context, params) => backupLink(context, siteOf(context, params), params),
  },
};

/** A link to a file of an offsite backup; whether it is still there is not looked at (B 1.4). */
export function backupLink(context: CallContext, site: SiteRow, params: Params): string {
  const { world, origin } = context;
  const kind = FILE_KINDS.find((known) => known === text(params.file));
  if (kind === undefined) throw refuse('Invalid file type');
  const remote = remoteFile(context, text(params.backup), kind);
  recordActivity(world, site, userOf(context).user, 'Access Offsite Backups');
  world.effect('backup.link', site.name);
  return signedUrl(world, origin, { verb: 'GET', bucket: BACKUPS, key: remote.key });
}

function remoteFile({ world }: CallContext, name: string, kind: FileKind) {
  const id = world.state.backups[name]?.files[kind]?.remote ?? null;
  const row = world.state.remoteFiles[id ?? ''];
  if (row === undefined) throw missing('Remote File', id ?? 'None');
  return row;
}
