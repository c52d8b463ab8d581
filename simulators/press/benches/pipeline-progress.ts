import { milliseconds } from '../jobs/agent.js';
import type { BenchRow } from '../world/catalogue.js';
import type { BuildRow, PipelineRow } from '../world/deploys.js';
import type { World } from '../world/world.js';
import { isUnfinished } from './status.js';

/** After which a bench that its server never heard of is given up, without a word (D 5.3). */
const UNDELIVERED_FOR = milliseconds(10 * 60_000);

/** Every build of the candidate, the oldest first. */
export const buildsOfPipeline = (world: World, { candidate }: PipelineRow): BuildRow[] =>
  Object.values(world.state.builds)
    .filter((row) => row.candidate === candidate)
    .sort((a, b) => a.creation - b.creation);

export const benchesOfPipeline = (world: World, { candidate }: PipelineRow): BenchRow[] =>
  Object.values(world.state.benches).filter((row) => row.candidate === candidate);

/** How the build ended; null while it runs or is repeated. */
export function buildEnd(world: World, pipeline: PipelineRow): 'Success' | 'Failure' | null {
  const newest = buildsOfPipeline(world, pipeline).at(-1);
  if (newest === undefined || isUnfinished(newest)) return null;
  return newest.status === 'Success' ? 'Success' : 'Failure';
}

/** How the benches ended, one per server; null while any of them comes up. */
export function benchesEnd(
  world: World,
  pipeline: PipelineRow,
): 'Success' | 'Partial Success' | 'Failure' | null {
  const queued = Object.values(world.state.queue).filter(
    (row) => row.candidate === pipeline.candidate,
  );
  const ends = queued.map(({ status, server }) =>
    status === 'Failure' ? false : benchEnd(world, pipeline, server),
  );
  if (ends.includes(null)) return null;
  if (ends.every((isUp) => isUp === true)) return 'Success';
  return ends.includes(true) ? 'Partial Success' : 'Failure';
}

function benchEnd(world: World, pipeline: PipelineRow, server: string): boolean | null {
  const bench = benchesOfPipeline(world, pipeline)
    .filter((row) => row.server === server)
    .sort((a, b) => a.creation - b.creation)
    .at(-1);
  if (bench?.status === 'Active') return true;
  if (bench?.status === 'Broken') return false;
  if (bench !== undefined && isForgotten(world, bench)) {
    bench.status = 'Broken';
    world.touch(bench);
    return false;
  }
  return null;
}

function isForgotten(world: World, bench: BenchRow): boolean {
  const job = Object.values(world.state.jobs).find(
    (row) => row.bench === bench.name && row.jobType === 'New Bench',
  );
  return job?.status === 'Undelivered' && world.now() - bench.creation > UNDELIVERED_FOR;
}
