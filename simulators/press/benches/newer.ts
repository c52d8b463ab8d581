import type { GroupRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';
import { createCandidate } from './builds.js';
import { insertBench } from './queue.js';

/** Newer releases, built and put up at once: what the owner of a shared group does now and then. */
export function putUpNewerBenches(world: World, group: GroupRow): string[] {
  const candidate = createCandidate(world, group, group.owner);
  candidate.revision += 1;
  return group.servers.map((server) => {
    const image = { group: group.name, team: group.team, candidate: candidate.name, server };
    return insertBench(world, image, 'Active').name;
  });
}
