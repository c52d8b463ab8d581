import type { PlanRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';

/**
 * The plan a site really gets: a plan that does not fit the kind of server is replaced without a
 * word (A 3.2).
 */
export function planOnServer(world: World, wanted: string, serverName: string): string {
  const plan = world.state.plans[wanted];
  const server = world.state.servers[serverName];
  if (plan === undefined || server === undefined) return wanted;
  if (server.public && plan.dedicated) {
    return cheapest(world, (row) => row.privateBench && !row.dedicated) ?? wanted;
  }
  if (!server.public && !plan.dedicated) {
    return cheapest(world, (row) => row.dedicated && !row.support) ?? wanted;
  }
  return wanted;
}

function cheapest(world: World, fits: (plan: PlanRow) => boolean): string | undefined {
  const [first] = Object.values(world.state.plans)
    .filter(fits)
    .sort((a, b) => a.priceUsd - b.priceUsd);
  return first?.name;
}
