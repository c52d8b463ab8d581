import type { SurfaceRow } from './row.js';
import { otherWayTo, reading, SAME } from './rows.js';

const BACKUP: SurfaceRow = {
  endpoint: 'Site.schedule_backup',
  what: "Takes a backup on the site's server, with files or as a snapshot if wanted",
  danger: 'low',
  reach: { by: 'document method', call: 'scheduleBackup' },
  tracker: 'Site Backup',
  repeated: '417 while any is open, then a second one; two at once are both accepted',
  source: 'B 1.2, observed C7, observed-2 1',
};
const RESTORE: SurfaceRow = {
  endpoint: 'press.api.site.restore',
  what: 'DESTROYS what is on a site and puts files of any team in its place',
  danger: 'high',
  reach: { by: 'direct', call: 'restoreSite' },
  tracker: 'Agent Job',
  repeated: '417 while open, then it RUNS AGAIN',
  source: 'B 2.1, B 2.4, observed-2 1',
};
const BACKUP_LINK: SurfaceRow = {
  endpoint: 'press.api.site.get_backup_link',
  what: 'A link to a file of an offsite backup, good for an hour',
  danger: 'secret',
  reach: { by: 'direct', call: 'getBackupLink' },
  tracker: null,
  repeated: 'another link, and a row of activity',
  source: 'B 1.4',
};

export const BACKUP_ROWS: readonly SurfaceRow[] = [
  BACKUP,
  otherWayTo(
    BACKUP,
    'press.api.site.backup',
    'It answers nothing to follow it by, and takes no snapshots.',
  ),
  reading('press.api.site.backups', 'availableBackups', 'Backups that have files now', 'B 1.3'),
  BACKUP_LINK,
  otherWayTo(BACKUP_LINK, 'Site.get_backup_download_link', SAME),
  RESTORE,
  {
    ...RESTORE,
    endpoint: 'Site.restore_site_from_files',
    what: 'DESTROYS what is on a site and puts own files in its place; refuses those of other teams',
    reach: { by: 'document method', call: 'restoreSiteFromFiles' },
    source: 'B 2.2, observed-2 1',
  },
  {
    ...otherWayTo(
      RESTORE,
      'Site.restore_site',
      'It names no files: it repeats the last restore, or sends a site without one to Pending.',
    ),
    what: 'DESTROYS what is on a site and puts the files of the last restore in its place',
    source: 'B 2.3, observed-2 6.2',
  },
  {
    endpoint: 'Site.restore_site_from_physical_backup',
    what: 'DESTROYS the database and puts that of a snapshot in its place',
    danger: 'high',
    reach: { by: 'document method', call: 'restoreSiteFromPhysicalBackup' },
    tracker: 'none: the status, then an Agent Job "Physical Restore Database"',
    repeated: '417 while open, then it RUNS AGAIN',
    source: 'B 2.6, observed-2 6.13',
  },
  reading(
    'press.api.site.validate_restoration_space_requirements',
    'restoreSpace',
    'Whether the servers have room for a restore',
    'B 2.8',
  ),
  {
    endpoint: 'press.api.site.get_upload_link',
    what: 'A form, or links for parts, that write one file into the storage',
    danger: 'secret',
    reach: { by: 'direct', call: 'uploadFile' },
    tracker: null,
    repeated: 'another file; the first is left as garbage',
    source: 'B 3.1, observed-2 6.8',
  },
  {
    endpoint: 'press.api.site.multipart_exit',
    what: 'Joins the parts of an upload, or throws them away',
    danger: 'low',
    reach: { by: 'direct', call: 'uploadFile' },
    tracker: null,
    repeated: '500 NoSuchUpload, which proves that some end landed',
    source: 'B 3.2, observed-2 6.8',
  },
  {
    endpoint: 'press.api.site.uploaded_backup_info',
    what: 'Registers an uploaded file for restores and new sites',
    danger: 'low',
    reach: { by: 'direct', call: 'uploadedBackupInfo' },
    tracker: null,
    repeated: 'another Remote File for the same object, harmless',
    source: 'B 3.3',
  },
  {
    endpoint: 'press.api.site.get_backup_links',
    what: 'Lets Press log in to another site and register its latest backup',
    danger: 'secret',
    reach: { by: 'direct', call: 'getBackupLinks' },
    tracker: null,
    repeated: 'other Remote Files for the same files, harmless',
    source: 'B 3.4',
  },
  {
    endpoint: 'press.api.site_backup.create_snapshot',
    what: 'Takes the snapshot of a physical backup',
    danger: 'low',
    reach: {
      by: 'nothing',
      why: "The server's agent calls it back with the key of that backup, which only it is given.",
    },
    tracker: 'Site Backup',
    repeated: 'no further effect',
    source: 'B 1.6',
  },
];
