import { refuse } from '../http/errors.js';
import type { JobRow, SiteRow, SiteStatus } from '../world/model.js';
import type { World } from '../world/world.js';
import { onServer, saveSite } from './actions.js';
import { recordActivity } from './activity.js';
import { checkSiteAction } from './guards.js';

const REWORKABLE: readonly SiteStatus[] = ['Active', 'Broken', 'Inactive'];

/** `Site.reinstall`: an empty site; nothing is backed up before (B 4.1). */
export function reinstallSite(world: World, site: SiteRow, user: string): JobRow {
  checkSiteAction(site, 'reinstall', REWORKABLE);
  const job = onServer(world, site, user, 'Reinstall Site');
  recordActivity(world, site, user, 'Reinstall', { job: job.name });
  site.status = 'Pending';
  saveSite(world, site, user);
  world.effect('site.reinstall', site.name);
  return job;
}

/** `Site.migrate`: no backup, no way back (B 4.7). */
export function migrateSite(
  world: World,
  site: SiteRow,
  user: string,
  skipFailingPatches: boolean,
): JobRow {
  checkSiteAction(site, 'migrate', REWORKABLE);
  refuseAfterFatalUpdate(site);
  const data = { skipFailingPatches, statusBefore: site.status };
  const job = onServer(world, site, user, 'Migrate Site', data);
  recordActivity(world, site, user, 'Migrate', { job: job.name });
  site.status = 'Pending';
  saveSite(world, site, user);
  world.effect('site.migrate', site.name);
  return job;
}

/** @throws 417: only support, or a restore, helps (C 2.5). */
export function refuseAfterFatalUpdate({ fatalUpdate }: SiteRow): void {
  if (fatalUpdate === null) return;
  throw refuse(
    'Site has encountered a fatal error during last update. Please open a ticket on our ' +
      "<a href='https://support.frappe.io' class='underline'> support portal </a> with the error " +
      'details to resolve the issue.',
  );
}
