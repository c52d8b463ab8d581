import { latestJob } from '../jobs/latest.js';
import { applyRestore, restoredApps } from '../restores/outcome.js';
import type { JobRow, JobStatus, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { markCreationFailed } from './auto-archive.js';
import { setSiteBilling } from './subscriptions.js';

/** Both jobs decide, on every update of either, so the status is not monotonic (A 3.4). */
export function afterCreationJob(world: World, site: SiteRow, job: JobRow): void {
  if (job.status === 'Success') {
    if (job.jobType === 'Add Site to Upstream') site.routed = true;
    else site.onServer = true;
  }
  if (job.jobType === 'New Site from Backup') fillFromBackup(world, site, job);
  const pair = [
    latestJob(world, site.name, 'New Site', 'New Site from Backup')?.status,
    latestJob(world, site.name, 'Add Site to Upstream')?.status,
  ];
  const has = (status: JobStatus): boolean => pair.includes(status);
  if (has('Failure') || has('Delivery Failure')) {
    site.status = 'Broken';
    markCreationFailed(world, site);
    setSiteBilling(world, site, false);
  } else if (pair.every((status) => status === 'Success')) {
    site.status = 'Active';
    setSiteBilling(world, site, true);
  } else {
    site.status = has('Running') ? 'Installing' : 'Pending';
  }
  world.touch(site);
}

function fillFromBackup(world: World, site: SiteRow, job: JobRow): void {
  if (job.status !== 'Success' && job.status !== 'Failure') return;
  applyRestore(world, site, job);
  if (job.status === 'Success') site.apps = restoredApps(world, site, job);
}
