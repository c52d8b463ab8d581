import { PressError } from '../http/errors.js';
import { text } from '../json.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import type { BenchRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';
import { archiveBench, hasSites } from './archive.js';

const HOUR = milliseconds(3_600_000);

/**
 * From its third day on, a private bench is looked at every hour and archived when it is empty
 * (D 1.8). The benches a world is seeded with are never looked at: they are there to be used.
 */
export function watchIdleBench(world: World, bench: BenchRow): void {
  const oldEnough = bench.creation + milliseconds(world.timings.idleBench);
  world.schedule(ceilTo(Math.max(oldEnough, world.now() + 1), HOUR), 'bench.idle', bench.name);
}

export function installIdleBenches(world: World): void {
  world.onTask('bench.idle', (ref) => {
    const bench = world.state.benches[text(ref)];
    if (bench?.status !== 'Active') return;
    watchIdleBench(world, bench);
    if (hasSites(world, bench)) return;
    try {
      archiveBench(world, bench, 'Administrator');
    } catch (error) {
      // Refused, e.g. because of running jobs: the next hour will do.
      if (!(error instanceof PressError)) throw error;
    }
  });
}
