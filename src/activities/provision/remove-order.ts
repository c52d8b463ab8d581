import { activityInfo } from '@temporalio/activity';
import type { UndoArgs } from '../../domain/activity-types.js';
import type { UndoAnswer } from '../../domain/saga.js';
import type { Reading, Tracker } from '../../domain/trackers.js';
import { type Account, type CallOptions, getGroupDeploy } from '../../frappe-cloud/index.js';
import { dropWhole, isBelieved } from '../bench-group/drop.js';
import { movingStage, readDeploy } from './bench-progress.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, UndoFailed } from '../errors.js';
import { readOrder } from './order-tracker.js';

type OrderTracker = Extract<Tracker, { kind: 'site-order' }>;

/** What an order that rests has made. */
export interface Rested {
  /** Its bench group; null when it never had one. */
  readonly group: string | null;
  /** Whether Press has made the site, also when that has been archived since. */
  readonly madeSite: boolean;
}

/**
 * What an order has made, once it has come to rest, so that nothing it started goes on: a group
 * deleted before gives birth to the site later (observed-2 4).
 *
 * @throws NotYet while it moves, and while it has not stood still for long enough; UndoFailed when
 * it cannot be read
 */
export async function restedOrder(
  deps: ActivityDeps,
  account: Account,
  operationId: string,
  tracker: OrderTracker,
): Promise<Rested> {
  const reading = await readOrder(account, tracker);
  const found = await getGroupDeploy(account.press, { name: tracker.order });
  if (found.found !== 'own') {
    throw new UndoFailed(`what order ${tracker.order} has made cannot be read any more`, {});
  }
  const { release_group: group, site } = found.deploy;
  const waitsFor = await unrest(deps, account, operationId, reading, group);
  if (waitsFor !== null) {
    // Builds take minutes, stuck jobs days: ever less often, as any wait.
    const delay = Math.min(deps.timing.undoInterval * activityInfo().attempt, deps.timing.pollMax);
    throw new NotYet(`order ${tracker.order}: ${waitsFor}; an undo waits until it rests`, delay);
  }
  return { group, madeSite: site !== null };
}

/** What keeps an order from being at rest; null when it is. */
async function unrest(
  deps: ActivityDeps,
  account: Account,
  operationId: string,
  reading: Reading,
  group: string | null,
): Promise<string | null> {
  if (reading.state === 'settled') return null;
  const at = reading.step?.name ?? reading.evidence.status ?? 'it moves';
  if (reading.stuck === undefined || group === null) return at;
  if (!(await isBelieved(deps, operationId, reading.stuck))) return reading.stuck;
  // A bench whose callback cannot succeed goes on trying until Press's sweep (A 3.5 item 5).
  return movingStage(await readDeploy(account, group)) === undefined ? null : at;
}

/** Drops the bench group of an order, after its site has gone (A 3.7). */
export function removeGroup(
  deps: ActivityDeps,
  account: Account,
  { operationId, round, target }: UndoArgs<'removeSite'>,
  group: string,
  options: CallOptions,
): Promise<UndoAnswer> {
  const drop = { operationId, round, group, title: target.subdomain };
  return dropWhole(deps, account, drop, options);
}
