import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';

/** The newest job of a type, or of one of several, for a site. */
export function latestJob(
  world: World,
  site: string,
  ...jobTypes: readonly string[]
): JobRow | undefined {
  let latest: JobRow | undefined;
  for (const job of Object.values(world.state.jobs)) {
    if (job.site !== site || !jobTypes.includes(job.jobType)) continue;
    if (latest === undefined || job.creation > latest.creation) latest = job;
  }
  return latest;
}
