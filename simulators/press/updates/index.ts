import type { World } from '../world/world.js';
import { installAutoUpdates } from './by-press.js';
import { installScheduledUpdates } from './scheduled.js';
import { installUpgrades } from './upgrade-start.js';

/** Registers what happens to updates and upgrades by itself. */
export function installUpdates(world: World): void {
  installScheduledUpdates(world);
  installAutoUpdates(world);
  installUpgrades(world);
}
