import type { JobFault } from '../fault-types.js';
import { createJob } from '../jobs/create.js';
import { BACKUP_STEPS, type JobType } from '../jobs/job-types.js';
import { refuseWhenScheduled } from '../updates/create.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { recordActivity } from './activity.js';
import { pushConfig } from './config.js';
import { checkSiteAction } from './guards.js';
import { proxyServer } from './servers.js';
import { setSiteBilling, stopAllBilling, subscriptionsOf } from './subscriptions.js';

interface ArchiveOptions {
  reason: string | null;
  offsiteBackup: boolean;
}

/** `Site.archive` (A 3.8, B 4.2): the site is unreachable at once, gone when its step is done. */
export function archiveSite(
  world: World,
  site: SiteRow,
  user: string,
  options: ArchiveOptions,
): void {
  checkSiteAction(site, 'archive', ['Active', 'Broken', 'Inactive', 'Suspended']);
  refuseWhenScheduled(world, site);
  const leftOut = options.offsiteBackup ? [] : [...BACKUP_STEPS];
  const job = onServer(world, site, user, 'Archive Site', { leftOut });
  onProxy(world, site, user, 'Remove Site from Upstream');
  site.status = 'Pending';
  site.hostName = null;
  stopAllBilling(world, site);
  recordActivity(world, site, user, 'Archive', { job: job.name, reason: options.reason });
  world.touch(site, user);
  world.effect('site.archive', site.name);
}

/** `Site.deactivate`: Inactive at once; nothing ever corrects it (B 4.3). */
export function deactivateSite(world: World, site: SiteRow, user: string): void {
  checkSiteAction(site, 'deactivate', ['Active', 'Broken']);
  site.status = 'Inactive';
  recordActivity(world, site, user, 'Deactivate Site');
  pushConfig(world, site, user, true);
  onProxy(world, site, user, 'Update Site Status', { status: 'deactivated' });
  world.touch(site, user);
  world.effect('site.deactivate', site.name);
}

/** `Site.activate`: a Broken site that does not answer stays Broken, and still 200 (B 4.4). */
export function activateSite(world: World, site: SiteRow, user: string): void {
  const text = 'You can activate only inactive or broken site';
  checkSiteAction(site, 'activate', ['Inactive', 'Broken'], text);
  if (site.fatalUpdate !== null) {
    // Nothing is saved then, and yet the proxy is told and the answer is 200 (B 4.4).
    onProxy(world, site, user, 'Update Site Status', { status: 'activated' });
    world.effect('site.activate', site.name);
    return;
  }
  // The ping does not tell whether the site's directory is still there (observed-2 5).
  const answers = site.responsive && site.disk.marks.database !== null;
  if (site.status === 'Inactive' || answers) site.status = 'Active';
  recordActivity(world, site, user, 'Activate Site');
  pushConfig(world, site, user, false);
  pushConfig(world, site, user);
  onProxy(world, site, user, 'Update Site Status', { status: 'activated' });
  setSiteBilling(world, site, true);
  world.touch(site, user);
  world.effect('site.activate', site.name);
}

/** No guard, no change of status (B 4.6). */
export function clearCache(world: World, site: SiteRow, user: string): void {
  const job = onServer(world, site, user, 'Clear Cache');
  recordActivity(world, site, user, 'Clear Cache', { job: job.name });
  world.effect('site.clear_cache', site.name);
}

/** Every ordinary save turns the site's billing on again (observed-2 5). */
export function saveSite(world: World, site: SiteRow, user: string): void {
  const isBilled = subscriptionsOf(world, site.name).some((row) => row.app === null && row.enabled);
  if (!isBilled && site.creationFailed === null) setSiteBilling(world, site, true);
  world.touch(site, user);
}

/** A job for the agent on the site's own server. */
export function onServer(
  world: World,
  site: SiteRow,
  owner: string,
  jobType: JobType,
  data: JobRow['data'] = {},
  fault: JobFault | null = null,
): JobRow {
  const { name, bench, server } = site;
  // Press looks for it where it is not: the agent answers 404 (D 2.3), but drops what is not there.
  const isElsewhere = site.disk.bench !== bench && jobType !== 'Archive Site';
  const refusal: JobFault | null = isElsewhere ? { kind: 'agent_refuses', status: 404 } : fault;
  return createJob(world, { jobType, site: name, bench, server, owner, data, fault: refusal });
}

/** A job for the agent on the proxy. */
export function onProxy(
  world: World,
  site: SiteRow,
  owner: string,
  jobType: JobType,
  data: JobRow['data'] = {},
): JobRow {
  const server = proxyServer(site.domain);
  return createJob(world, { jobType, site: site.name, bench: null, server, owner, data });
}
