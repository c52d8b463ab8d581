import { ARCHIVABLE, type ArchiveTarget } from '../../domain/archiving.js';
import type { Check } from '../../domain/plan.js';
import {
  listBackups,
  listSiteUpdates,
  upgradeStanding,
  type Account,
  type Site,
} from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';

/**
 * Press accepts it from a few states only (B 4.2). What is still at work may be another operation that
 * holds the lock: it is waited for, and looked at again under the lock.
 */
export function statusCheck(site: Site, underLock: boolean): Check {
  const { status, creation_failed: failed, fatal_site_update: fatal } = site;
  if (!isArchivable(status)) {
    const detail = `it is ${status}: something is being done to it`;
    return underLock ? fail('status', detail) : warn('status', detail);
  }
  if (failed !== null) return warn('status', `${status}; its creation or a restore has failed`);
  return fatal ? warn('status', `${status} after a fatal update`) : pass('status', status);
}

export const isArchivable = (status: string): status is ArchiveTarget['statusBefore'] =>
  (ARCHIVABLE as readonly string[]).includes(status);

/** What waits for its time makes Press refuse, or would happen to a site that is gone (B 5.1). */
export async function scheduledCheck({ press }: Account, site: string): Promise<Check> {
  const [[update], { site_migration: move, version_upgrade: upgrade }] = await Promise.all([
    listSiteUpdates(press, { site, statuses: ['Scheduled'], limit: 1 }),
    upgradeStanding(press, { site }),
  ]);
  if (update !== undefined) {
    const when = update.scheduled_time ?? 'later';
    return fail('schedule', `update ${update.name} is scheduled for ${when}: cancel it first`);
  }
  if (move?.status === 'Scheduled') {
    const when = move.scheduled_time ?? 'later';
    return fail('schedule', `a move to another server is scheduled for ${when}: cancel it first`);
  }
  if (upgrade?.status === 'Scheduled') {
    return warn('schedule', `a version upgrade is scheduled for ${upgrade.scheduled_time ?? ''}`);
  }
  return pass('schedule', 'nothing waits for its time');
}

/** Of all the backups at Press only the newest offsite one outlives the site (B 4.2). */
export async function backupsCheck({ press }: Account, site: string): Promise<Check> {
  const query = { site, statuses: ['Success'], offsite: true, limit: 1 } as const;
  const [newest] = await listBackups(press, query);
  return newest === undefined
    ? warn('backups', 'Press has no offsite backup of it')
    : pass('backups', `the newest offsite one at Press is ${newest.name} of ${newest.creation}`);
}
