import type { World } from '../world/world.js';
import { installBuilds } from './builds.js';
import { installIdleBenches } from './idle.js';
import { installPipelines } from './pipelines.js';
import { installBenchQueue } from './queue.js';

/** Registers what happens to builds and benches by itself. */
export function installBenches(world: World): void {
  installBuilds(world);
  installBenchQueue(world);
  installIdleBenches(world);
  installPipelines(world);
}
