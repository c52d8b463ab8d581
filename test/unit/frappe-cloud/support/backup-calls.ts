import {
  getBackupLink,
  getBackupLinks,
} from '../../../../src/frappe-cloud/endpoints/backup-links.js';
import {
  availableBackups,
  BACKUP_STATUSES,
  listBackups,
  scheduleBackup,
} from '../../../../src/frappe-cloud/endpoints/backups.js';
import {
  activateSite,
  clearSiteCache,
  deactivateSite,
  migrateSite,
  reinstallSite,
} from '../../../../src/frappe-cloud/endpoints/lifecycle.js';
import {
  restoreSite,
  restoreSiteFromFiles,
} from '../../../../src/frappe-cloud/endpoints/restore.js';
import { restoreSpace } from '../../../../src/frappe-cloud/endpoints/space.js';
import { getUploadForm, multipartExit } from '../../../../src/frappe-cloud/endpoints/uploads.js';
import type { Transport } from '../../../../src/frappe-cloud/transport.js';
import { messageOf, type Recorded } from './recordings.js';

const SITE = { site: 's' };
const FILES = { database: 'f' };

/** Our functions about backups, restores and the life of a site, by the call they make. */
export const BACKUP_CALLS: Readonly<Record<string, (press: Transport) => Promise<unknown>>> = {
  'get_list Site Backup': (press) => listBackups(press, { ...SITE, statuses: BACKUP_STATUSES }),
  'press.api.site.backups': (press) => availableBackups(press, SITE),
  'Site.schedule_backup': (press) => scheduleBackup(press, { ...SITE, with_files: true }),
  'press.api.site.get_backup_link': (press) =>
    getBackupLink(press, { ...SITE, backup: 'b', file: 'database' }),
  'press.api.site.get_backup_links': (press) =>
    getBackupLinks(press, { url: 'https://x.example', email: 'a@x.example', password: 'p' }),
  'press.api.site.get_upload_link': (press) => getUploadForm(press, { file: 'f' }),
  'press.api.site.multipart_exit': (press) =>
    multipartExit(press, { key: 'k', id: 'i', action: 'abort' }),
  'press.api.site.restore': (press) => restoreSite(press, { ...SITE, files: FILES }),
  'Site.restore_site_from_files': (press) => restoreSiteFromFiles(press, { ...SITE, files: FILES }),
  'press.api.site.validate_restoration_space_requirements': (press) =>
    restoreSpace(press, { ...SITE, database_bytes: 1, public_bytes: 1, private_bytes: 1 }),
  'Site.migrate': (press) => migrateSite(press, SITE),
  'press.api.site.reinstall': (press) => reinstallSite(press, SITE),
  'Site.deactivate': (press) => deactivateSite(press, SITE),
  'Site.activate': (press) => activateSite(press, SITE),
  'press.api.site.clear_cache': (press) => clearSiteCache(press, SITE),
};

export function nameOfBackupCall({ method, params }: Recorded): string {
  if (method.endsWith('get_list')) return `get_list ${String(params.doctype)}`;
  if (method.endsWith('run_doc_method')) return `${String(params.dt)}.${String(params.method)}`;
  return method;
}

/** What a list answers for the columns that we ask for and the recorded request did not. */
const NOT_ASKED_FOR = {
  site: 's',
  owner: 'x@lab.example',
  creation: '2026-11-21 04:06:18.839514',
  job: null,
  with_files: 0,
  offsite: 0,
  physical: 0,
  database_snapshot: null,
  files_availability: '',
};

/** The recorded body with what its request left out; what was recorded is never changed. */
export function wholeBackupBody(recorded: Recorded): unknown {
  const rows = messageOf(recorded);
  if (!recorded.method.endsWith('get_list') || !Array.isArray(rows)) return recorded.body;
  return { message: rows.map((row: object) => ({ ...NOT_ASKED_FOR, ...row })) };
}
