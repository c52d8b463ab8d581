import { afterBackupJob } from '../backups/outcome.js';
import { afterBenchJob } from '../benches/bench-outcome.js';
import { noteSiteJob } from '../benches/orders.js';
import { afterSourceArchive } from '../moves/course.js';
import { afterArchiveJob } from '../sites/archive-outcome.js';
import { afterCreationJob } from '../sites/creation-outcome.js';
import { afterHostJob } from '../sites/domain-outcome.js';
import { followJob } from '../sites/job-status.js';
import { afterUpdateJob } from '../updates/outcome.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

/**
 * What Press does when a job row changes: the place where jobs move sites, benches and domains.
 *
 * @throws PressError when what it does is refused: job and callback are then undone (A 4.3).
 */
export function runCallback(world: World, job: JobRow): void {
  const bench = job.site === null ? world.state.benches[job.bench ?? ''] : undefined;
  if (bench !== undefined) afterBenchJob(world, bench, job);
  const site = job.site === null ? undefined : world.state.sites[job.site];
  if (site === undefined || site.status === 'Archived') return;
  switch (job.jobType) {
    case 'New Site':
    case 'New Site from Backup':
    case 'Add Site to Upstream':
      afterCreationJob(world, site, job);
      noteSiteJob(world, site, job);
      return;
    case 'Archive Site':
    case 'Remove Site from Upstream':
      if (job.data.migration === undefined) afterArchiveJob(world, site, job);
      else afterSourceArchive(world, site, job);
      return;
    case 'Backup Site':
      afterBackupJob(world, site, job);
      return;
    case 'Update Site Migrate':
    case 'Recover Failed Site Migrate':
    case 'Recover Failed Site Update':
      afterUpdateJob(world, site, job);
      return;
    case 'Add Host to Proxy':
      afterHostJob(world, site, job);
      return;
    case 'Update Site Configuration':
      afterConfigJob(world, site, job);
      return;
    case 'Update Site Status':
      if (job.status === 'Success') site.routed = job.data.status === 'activated';
      return;
    default:
      followJob(world, site, job);
  }
}

/** Jobs run side by side, but the configuration that was asked for last is the one that stays. */
function afterConfigJob(world: World, site: SiteRow, job: JobRow): void {
  const { maintenance } = job.data;
  if (job.status !== 'Success' || typeof maintenance !== 'boolean') return;
  const isOutdated = Object.values(world.state.jobs).some(
    (other) =>
      other.site === site.name &&
      typeof other.data.maintenance === 'boolean' &&
      other.creation > job.creation,
  );
  if (!isOutdated) site.disk.maintenance = maintenance;
}
