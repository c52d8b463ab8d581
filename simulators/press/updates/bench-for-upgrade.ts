import type { BenchRow } from '../world/catalogue.js';
import type { UpgradeRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { checkRecord } from './upgrade-checks.js';
import { waitForRound } from './upgrades.js';

/** Records that wait for the bench of a group. */
const waitingFor = (world: World, group: string): UpgradeRow[] =>
  Object.values(world.state.upgrades).filter(
    (row) =>
      row.deploysBench &&
      row.destinationGroup === group &&
      row.status === 'Pending' &&
      row.update === null,
  );

/**
 * A bench came up: the record that waits for it is Scheduled, for now when it has no time (D 1.7).
 *
 * @throws 417 what refuses to save the record; the callback of the bench is then undone
 */
export function scheduleUpgradeTo(world: World, bench: BenchRow): void {
  const group = world.state.groups[bench.group];
  const waiting = waitingFor(world, bench.group);
  if (group === undefined) return;
  for (const upgrade of waiting) {
    const site = world.state.sites[upgrade.site];
    if (site !== undefined) checkRecord(world, site, group, { self: upgrade });
  }
  for (const upgrade of waiting) {
    upgrade.scheduledTime ??= world.now();
    upgrade.status = 'Scheduled';
    world.touch(upgrade);
    waitForRound(world, upgrade);
  }
}

/** The bench could not be made; a failed *build* is told to nobody (C 1.4). */
export function cancelUpgradeTo(world: World, bench: BenchRow): void {
  for (const upgrade of waitingFor(world, bench.group)) {
    upgrade.status = 'Cancelled';
    world.touch(upgrade);
  }
}

/** `linked_version_upgrade` of a Release Group (C 1.0). */
export function linkedUpgrade(world: World, group: string): string | null {
  const linked = Object.values(world.state.upgrades).findLast(
    (row) =>
      row.deploysBench &&
      row.destinationGroup === group &&
      ['Pending', 'Scheduled', 'Running'].includes(row.status),
  );
  return linked?.name ?? null;
}
