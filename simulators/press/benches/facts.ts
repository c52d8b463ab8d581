import type { GroupFacts } from '../faults/matching.js';
import type { World } from '../world/world.js';

/** What fault rules about a group look at. */
export function groupFacts(world: World, group: string | null): GroupFacts {
  const order = Object.values(world.state.orders).find((row) => row.group === group);
  return {
    group,
    title: world.state.groups[group ?? '']?.title ?? null,
    subdomain: order?.subdomain ?? null,
  };
}
