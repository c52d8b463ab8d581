import { PressError } from '../http/errors.js';
import { scheduleUpdate } from '../updates/create.js';
import type { BenchRow } from '../world/catalogue.js';
import type { SiteOfDeploy } from '../world/deploys.js';
import type { World } from '../world/world.js';

/**
 * A bench came up: the sites of its deploy that stand on this server are updated. What refuses one of
 * them is not told anywhere, and the others go on (D 2.4).
 */
export function updateSitesOfDeploy(world: World, bench: BenchRow): void {
  const candidate = world.state.candidates[bench.candidate];
  for (const row of candidate?.sites ?? []) {
    if (row.status === 'Pending' && row.server === bench.server) {
      row.status = updated(world, row, candidate?.owner ?? '') ? 'Started' : 'Failure';
    }
  }
}

function updated(world: World, row: SiteOfDeploy, user: string): boolean {
  const site = world.state.sites[row.site];
  if (site?.bench !== row.bench) return false;
  const { skipBackups, skipFailingPatches } = row;
  try {
    scheduleUpdate(world, site, { user, skipBackups, skipFailingPatches, scheduledTime: null });
    return true;
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    return false;
  }
}
