import { milliseconds } from '../jobs/agent.js';
import { isOpenMigration, migrationsOf } from '../moves/migrations.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { upgradesOf } from '../updates/upgrade-checks.js';
import type { Columns } from './doctype.js';

const HOUR = milliseconds(3_600_000);
/** An upgrade is told of from a day after its time back to two days before (C 1.0). */
const SHOWN_AFTER = 24 * HOUR;
const SHOWN_BEFORE = 48 * HOUR;

/** What `site.get` lets out of the newest Version Upgrade. */
export function upgradeView(world: World, site: SiteRow): Columns | null {
  const upgrade = upgradesOf(world, site).at(-1);
  if (upgrade === undefined || ['Failure', 'Success'].includes(upgrade.status)) return null;
  const { scheduledTime: time } = upgrade;
  if (!isShown(world, time)) return null;
  return {
    status: upgrade.status,
    scheduled_time: world.localShort(time),
    job_id: world.state.updates[upgrade.update ?? '']?.updateJob ?? null,
  };
}

/** What `site.get` lets out of a Site Migration (C 2.9). */
export function migrationView(world: World, site: SiteRow): Columns | null {
  const migration = migrationsOf(world, site).at(-1);
  if (migration === undefined || !isOpenMigration(migration)) return null;
  const { status, scheduledTime: time } = migration;
  if (!isShown(world, time)) return null;
  return { status, scheduled_time: world.localShort(time), job_id: null };
}

function isShown(world: World, time: Micros | null): boolean {
  const now = world.now();
  return time === null || (time >= now - SHOWN_AFTER && time <= now + SHOWN_BEFORE);
}
