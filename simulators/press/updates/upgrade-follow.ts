import { ceilTo, milliseconds } from '../jobs/agent.js';
import type { UpdateStatus, UpgradeRow } from '../world/updates.js';
import type { World } from '../world/world.js';

/** A record only knows these; recovering and recovered are failures for it (C 1.0). */
const KNOWN: Partial<Record<UpdateStatus, UpgradeRow['status']>> = {
  Scheduled: 'Scheduled',
  Pending: 'Pending',
  Running: 'Running',
  Success: 'Success',
};

/** Copies the status of the Site Update; while that is open, again at each round. */
export function followUpdate(world: World, upgrade: UpgradeRow): void {
  const update = world.state.updates[upgrade.update ?? ''];
  if (update === undefined) return;
  upgrade.status = KNOWN[update.status] ?? 'Failure';
  world.touch(upgrade);
  if (upgrade.status === 'Success' || upgrade.status === 'Failure') return;
  const round = milliseconds(world.timings.updateRound);
  world.schedule(ceilTo(world.now() + 1, round), 'upgrade.follow', upgrade.name);
}
