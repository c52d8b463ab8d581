import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

/** One row per accepted action, with the job where Press links it (A 4.4). */
export function recordActivity(
  world: World,
  site: SiteRow,
  owner: string,
  action: string,
  details: { job?: string; reason?: string | null } = {},
): void {
  world.state.activities.push({
    ...world.newRow(owner),
    site: site.name,
    team: site.team,
    action,
    reason: details.reason ?? null,
    job: details.job ?? null,
  });
}
