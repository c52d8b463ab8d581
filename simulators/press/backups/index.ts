import type { World } from '../world/world.js';
import { installExpiry } from './expiry.js';
import { installBackupScheduler } from './scheduler.js';

/** Registers what happens to backups by itself. */
export function installBackups(world: World): void {
  installExpiry(world);
  installBackupScheduler(world);
}
