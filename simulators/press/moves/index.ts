import type { World } from '../world/world.js';
import { installActions } from './actions.js';
import { installMigrations } from './course.js';

/** Registers what happens to migration plans and migrations by itself. */
export function installMoves(world: World): void {
  installActions(world);
  installMigrations(world);
}
