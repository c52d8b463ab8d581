import { milliseconds } from '../jobs/agent.js';
import type { SiteRow } from '../world/model.js';
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
  const now = world.now();
  if (time !== null && (time < now - SHOWN_AFTER || time > now + SHOWN_BEFORE)) return null;
  return {
    status: upgrade.status,
    scheduled_time: world.localShort(time),
    job_id: world.state.updates[upgrade.update ?? '']?.updateJob ?? null,
  };
}
