import { text } from '../json.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { onServer } from './actions.js';

/** Site Domain follows the job `Add Host to Proxy` (C 5.8). */
export function afterHostJob(world: World, site: SiteRow, job: JobRow): void {
  const domain = world.state.domains[text(job.data.domain)];
  if (domain?.site !== site.name) return;
  if (job.status === 'Running') domain.status = 'In Progress';
  if (job.status === 'Failure' || job.status === 'Delivery Failure') domain.status = 'Broken';
  if (job.status === 'Success') {
    domain.status = 'Active';
    onServer(world, site, 'Administrator', 'Add Domain', { domain: domain.domain });
  }
  world.touch(domain);
}
