import type { BenchRow, BenchStatus, GroupRow } from '../world/catalogue.js';
import type { BuildRow, BuildStatus } from '../world/deploys.js';
import type { Row } from '../world/model.js';
import type { World } from '../world/world.js';

const UNFINISHED: ReadonlySet<BuildStatus> = new Set([
  'Scheduled',
  'Pending',
  'Preparing',
  'Running',
]);
const DEPLOYED: ReadonlySet<BenchStatus> = new Set(['Pending', 'Installing', 'Updating', 'Active']);

const byAge = (a: Row, b: Row): number => a.creation - b.creation;

export const isUnfinished = (build: BuildRow): boolean => UNFINISHED.has(build.status);

/** All benches a group ever had, the oldest first. */
export function benchesOf(world: World, group: string): BenchRow[] {
  return Object.values(world.state.benches)
    .filter((bench) => bench.group === group)
    .sort(byAge);
}

export function activeBenches(world: World, group: string): BenchRow[] {
  return benchesOf(world, group).filter(({ status }) => status === 'Active');
}

export function newestBuild(world: World, group: string): BuildRow | undefined {
  return Object.values(world.state.builds)
    .filter((build) => build.group === group)
    .sort(byAge)
    .at(-1);
}

export const hasRunningPipeline = (world: World, group: string): boolean =>
  Object.values(world.state.pipelines).some(
    (row) => row.group === group && (row.status === 'Pending' || row.status === 'Running'),
  );

/**
 * The computed `status` of a group (C 3.7). Between the end of a build and the first Active bench
 * it reads "Awaiting Deploy", as after a failed build.
 */
export function groupStatus(world: World, group: GroupRow): string {
  if (!group.enabled) return 'Disabled';
  const build = newestBuild(world, group.name);
  const isBuilding = build !== undefined && isUnfinished(build);
  if (isBuilding || hasRunningPipeline(world, group.name)) return 'Deploying';
  return activeBenches(world, group.name).length > 0 ? 'Active' : 'Awaiting Deploy';
}

/** The newest bench that is there or coming; a Broken one does not count. */
export function deployedBench(world: World, group: string): BenchRow | undefined {
  return benchesOf(world, group)
    .filter(({ status }) => DEPLOYED.has(status))
    .at(-1);
}

/** Sites of a group that are not archived. */
export function sitesOfGroup(world: World, group: string) {
  return Object.values(world.state.sites).filter(
    (site) => site.group === group && site.status !== 'Archived',
  );
}
