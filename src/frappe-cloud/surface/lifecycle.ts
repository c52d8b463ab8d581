import type { SurfaceRow } from './row.js';
import { DROPS_JOB, otherWayTo, SAME } from './rows.js';

const DEACTIVATE: SurfaceRow = {
  endpoint: 'Site.deactivate',
  what: 'Puts a site in maintenance mode and takes it off the proxy',
  danger: 'moderate',
  reach: { by: 'document method', call: 'deactivateSite' },
  tracker: 'two Agent Jobs, named by nobody; the status is Inactive before them',
  repeated: '417 "in inactive state", which proves that it landed',
  source: 'B 4.3',
};
const ACTIVATE: SurfaceRow = {
  endpoint: 'Site.activate',
  what: 'Ends maintenance mode and puts a site back on the proxy',
  danger: 'low',
  reach: { by: 'document method', call: 'activateSite' },
  tracker: 'two Agent Jobs, named by nobody; the answered status may still be Broken',
  repeated: '417 "only inactive or broken", which proves that it landed',
  source: 'B 4.4, observed-2 5',
};
const MIGRATE: SurfaceRow = {
  endpoint: 'Site.migrate',
  what: 'Migrates the database to the code of the bench; no backup, no way back',
  danger: 'high',
  reach: { by: 'document method', call: 'migrateSite' },
  tracker: 'Agent Job',
  repeated: '417 while open, then a second migration, which is harmless',
  source: 'B 4.7, C 2.5, observed-2 1',
};
const REINSTALL: SurfaceRow = {
  endpoint: 'press.api.site.reinstall',
  what: 'DESTROYS all data of a site and sets it up empty',
  danger: 'high',
  reach: { by: 'direct', call: 'reinstallSite' },
  tracker: 'Agent Job',
  repeated: '417 while open, then it WIPES AGAIN',
  source: 'B 4.1, observed-2 1',
};
const ARCHIVE: SurfaceRow = {
  endpoint: 'Site.archive',
  what: 'DESTROYS a site; billing ends; the name is free again',
  danger: 'high',
  reach: { by: 'document method', call: 'archiveSite' },
  tracker: 'Site Activity "Archive", then its Agent Job and the one on the proxy',
  repeated: '417 while open, 403 after success, a new attempt after failure',
  source: 'A 3.8, B 4.2, observed-2 1, observed-2 5',
};
const CLEAR_CACHE: SurfaceRow = {
  endpoint: 'press.api.site.clear_cache',
  what: 'Clears the caches of a site',
  danger: 'low',
  reach: { by: 'direct', call: 'clearSiteCache' },
  tracker: 'Site Activity "Clear Cache", then its Agent Job',
  repeated: 'another job, harmless',
  source: 'B 4.6',
};
const UPDATE: SurfaceRow = {
  endpoint: 'Site.schedule_update',
  what: 'Moves a site to the newest bench of its group, now or at a time',
  danger: 'high',
  reach: { by: 'document method', call: 'scheduleUpdate' },
  tracker: 'Site Update',
  repeated: '417 while open or scheduled, then another update',
  source: 'C 2.1, C 2.2, observed-2 3',
};
const LOGIN: SurfaceRow = {
  endpoint: 'press.api.site.login',
  what: 'Opens a session as Administrator on a site',
  danger: 'secret',
  reach: { by: 'direct', call: 'login' },
  tracker: null,
  repeated: 'another session',
  source: 'B 4.5, D 3',
};

export const LIFECYCLE_ROWS: readonly SurfaceRow[] = [
  DEACTIVATE,
  otherWayTo(DEACTIVATE, 'press.api.site.deactivate', 'It does not tell the status reached.'),
  ACTIVATE,
  otherWayTo(ACTIVATE, 'press.api.site.activate', 'It does not tell the status reached.'),
  MIGRATE,
  otherWayTo(MIGRATE, 'press.api.site.migrate', DROPS_JOB),
  REINSTALL,
  otherWayTo(REINSTALL, 'Site.reinstall', SAME),
  ARCHIVE,
  otherWayTo(
    ARCHIVE,
    'press.api.site.archive',
    'It takes no reason, which proves a lost one, and its backup cannot be switched off.',
  ),
  CLEAR_CACHE,
  otherWayTo(CLEAR_CACHE, 'Site.clear_site_cache', SAME),
  UPDATE,
  otherWayTo(UPDATE, 'press.api.site.update', 'The same, but it takes no time.'),
  {
    endpoint: 'Site.edit_scheduled_update',
    what: 'Changes an update that waits for its time',
    danger: 'moderate',
    reach: { by: 'document method', call: 'editScheduledUpdate' },
    tracker: 'Site Update',
    repeated: 'the same again',
    source: 'C 2.3',
  },
  {
    endpoint: 'Site.cancel_scheduled_update',
    what: 'Withdraws an update that waits for its time',
    danger: 'low',
    reach: { by: 'document method', call: 'cancelScheduledUpdate' },
    tracker: 'Site Update',
    repeated: '417 "with status Cancelled", which proves that it landed',
    source: 'C 2.4',
  },
  LOGIN,
  otherWayTo(LOGIN, 'Site.login_as_admin', 'It answers a link with the session in it.'),
  otherWayTo(
    LOGIN,
    'Site.login_as_team',
    'Only for sites that have a user of the team besides the Administrator.',
  ),
  {
    endpoint: 'Site.get_current_usage',
    what: 'What a site uses of CPU, storage and database',
    danger: 'read',
    reach: { by: 'document method', call: 'getCurrentUsage' },
    tracker: null,
    repeated: 'the same answer',
    source: 'observed-2 9',
  },
  {
    endpoint: 'Site.refresh_database_usage',
    what: 'Counts the sizes of a site anew',
    danger: 'read',
    reach: {
      by: 'nothing',
      why: '403 for every user of a team: it makes a row they may not make.',
    },
    tracker: null,
    repeated: '403',
    source: 'observed-2 6.13',
  },
];
