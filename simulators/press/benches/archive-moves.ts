import { PressError } from '../http/errors.js';
import { milliseconds } from '../jobs/agent.js';
import { isOpenMigration } from '../moves/migrations.js';
import { isOpenAction } from '../moves/plan.js';
import { isOpenUpdate } from '../updates/open.js';
import { isOpenUpgrade } from '../updates/upgrade-checks.js';
import type { BenchRow } from '../world/catalogue.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';

/** How long a fatal update keeps both of its benches (D 2.3). */
const FATAL_FOR = milliseconds(3 * 24 * 3_600_000);

export const archiveError = (message: string): PressError =>
  new PressError('ArchiveBenchError', message);

/**
 * Updates and upgrades that want the bench keep it (C 3.9, D 2.3).
 *
 * @throws 417 ArchiveBenchError
 */
export function checkMoves(world: World, bench: BenchRow): void {
  const updates = Object.values(world.state.updates).filter(
    ({ source, destination }) => source.bench === bench.name || destination.bench === bench.name,
  );
  if (updates.some((update) => isOpenUpdate(update) && update.status !== 'Scheduled')) {
    throw archiveError(
      'Cannot archive due to ongoing site update. Please wait for the update to finish and retry.',
    );
  }
  if (updates.some((update) => isUnresolved(world, update))) {
    throw archiveError(
      'There was a recent <b>site update which has failed</b>. ' +
        'Due to the same reason, bench cannot be archived.',
    );
  }
  if (isAwaited(world, bench)) {
    throw archiveError('Version upgrade is in progress. Please try again after some time.');
  }
  if (isTargetOfMove(world, bench)) {
    // The placeholder reaches the wire as it is (C 0.1).
    throw archiveError('Cannot archive bench {self.name} because of pending site migrations.');
  }
}

/** A move leads to the group on this server (C 3.9). */
const isTargetOfMove = (world: World, bench: BenchRow): boolean =>
  Object.values(world.state.actions).some(
    (action) =>
      isOpenAction(action) && action.group === bench.group && action.server === bench.server,
  ) ||
  Object.values(world.state.migrations).some(
    (migration) => isOpenMigration(migration) && migration.bench === bench.name,
  );

/** While its site stands on one of the two benches; a restore does not resolve it (D 2.3). */
function isUnresolved(world: World, update: UpdateRow): boolean {
  const site = world.state.sites[update.site];
  if (update.status !== 'Fatal' || site === undefined || site.status === 'Archived') return false;
  const isThere = [update.source.bench, update.destination.bench].includes(site.bench);
  return isThere && world.now() - update.creation < FATAL_FOR;
}

/** An upgrade leads to the group, and its site is on this server (D 1.7). */
function isAwaited(world: World, bench: BenchRow): boolean {
  return Object.values(world.state.upgrades).some(
    (upgrade) =>
      isOpenUpgrade(upgrade) &&
      upgrade.destinationGroup === bench.group &&
      world.state.sites[upgrade.site]?.server === bench.server,
  );
}
