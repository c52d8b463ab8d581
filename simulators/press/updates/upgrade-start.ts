import { PressError } from '../http/errors.js';
import { text } from '../json.js';
import type { UpgradeRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { isBusy } from './start.js';
import { followUpdate } from './upgrade-follow.js';
import { beginUpgrade, waitForRound } from './upgrades.js';

/** Registers what happens to scheduled and to running upgrades. */
export function installUpgrades(world: World): void {
  const on = (kind: string, act: (upgrade: UpgradeRow) => void): void => {
    world.onTask(kind, (ref) => {
      const upgrade = world.state.upgrades[text(ref)];
      if (upgrade !== undefined) act(upgrade);
    });
  };
  on('upgrade.start', (upgrade) => {
    if (upgrade.status === 'Scheduled') begin(world, upgrade);
  });
  on('upgrade.follow', (upgrade) => {
    if (upgrade.status === 'Pending' || upgrade.status === 'Running') followUpdate(world, upgrade);
  });
}

/** A busy site and one with a fatal update are tried again at every round, without end (C 1.0). */
function begin(world: World, upgrade: UpgradeRow): void {
  const site = world.state.sites[upgrade.site];
  if (site === undefined || site.status === 'Archived') {
    upgrade.status = 'Cancelled';
    world.touch(upgrade);
    return;
  }
  if (isBusy(site) || site.fatalUpdate !== null) {
    waitForRound(world, upgrade);
    return;
  }
  try {
    beginUpgrade(world, site, upgrade, 'Administrator');
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    upgrade.status = 'Failure';
    world.touch(upgrade);
  }
}

/** A private group that is deleted takes along what was to lead there (C 1.0). */
export function cancelUpgradesTo(world: World, group: string): void {
  for (const upgrade of Object.values(world.state.upgrades)) {
    const isWaiting = upgrade.status === 'Scheduled' || upgrade.status === 'Pending';
    if (upgrade.destinationGroup !== group || !isWaiting) continue;
    upgrade.status = 'Cancelled';
    world.touch(upgrade);
  }
}
