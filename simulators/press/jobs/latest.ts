import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';

/** The newest job of a type for a site. */
export function latestJob(world: World, site: string, jobType: string): JobRow | undefined {
  let latest: JobRow | undefined;
  for (const job of Object.values(world.state.jobs)) {
    if (job.site !== site || job.jobType !== jobType) continue;
    if (latest === undefined || job.creation > latest.creation) latest = job;
  }
  return latest;
}
