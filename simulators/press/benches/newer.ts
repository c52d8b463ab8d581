import type { GroupRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';
import { createCandidate } from './builds.js';
import { insertBench } from './queue.js';
import { newestReleases, publishRelease } from './releases.js';

/** Newer releases, built and put up at once: what the owner of a shared group does now and then. */
export function putUpNewerBenches(world: World, group: GroupRow): string[] {
  for (const source of Object.values(group.sources)) publishRelease(world, source);
  const candidate = createCandidate(world, group, group.owner, {
    releases: newestReleases(world, group),
  });
  return group.servers.map((server) => {
    const image = { group: group.name, team: group.team, candidate: candidate.name, server };
    return insertBench(world, image, 'Active').name;
  });
}
