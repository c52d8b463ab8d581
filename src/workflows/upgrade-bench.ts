import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Problem } from '../domain/failures.js';
import type { NewBench } from '../domain/new-bench.js';
import type { UpgradeTarget } from '../domain/site-changes.js';
import {
  addGroupApps,
  addGroupCustomApp,
  addServer,
  deployGroup,
  makeGroup,
  orderBench,
  undoActivities,
} from './activities.js';
import type { Ended } from './after-update.js';
import { Abandoned, GoBack } from './failures.js';
import type { Op, Running } from './runbook.js';
import { safetyCopy } from './safety-copy.js';

const DROP = 'drop the new bench group';

/**
 * Builds a private bench for a site that has a private one, on its server; answers the target with
 * the group (D 1.7). Press archives benches that stay empty for three days: upgrade soon after.
 *
 * 1. new group      empty                              undo: drop it, once nothing of it moves
 * 2. add apps       those of the site                  undone with the group
 * 3. build bench    image, queue, bench                undone with the group
 * 4. add server     when Press chose another one       undone with the group
 */
export async function buildBench(op: Op, target: UpgradeTarget): Promise<UpgradeTarget> {
  const { newBench: bench, site, server } = target;
  if (bench === undefined) return target;
  op.onFailure(DROP, 'dropGroup', { title: bench.title, site, begunBy: 'us' });
  const group = groupOf(await op.command('new group', makeGroup, { site, bench }));
  op.mark('new group', 'done', group);
  await addApps(op, group, bench);
  await op.settle(await op.command('build bench', deployGroup, { group }));
  await op.settle(await op.command('add server', addServer, { site, group, server }));
  return into(target, group);
}

/**
 * Upgrades a site on a public bench to a private one, which only Press can make (C 1.4, D 1.7): it
 * builds at once and begins the upgrade by itself at its time.
 *
 * 1. order bench    group, image, bench, for a time     undo: drop the group, at once: that also
 *                   that leaves room for 1 and 2          withdraws the upgrade
 * 2. safety copy    once the bench stands
 *    guard          when 1 or 2 are not ready 10 minutes before that time, or the operation is held
 *                   then, the group is dropped
 * 3. upgrade        point of no return, 20 minutes before; then Press begins at its next round
 */
export async function upgradeByPress(
  op: Op,
  account: string,
  target: UpgradeTarget,
): Promise<Ended> {
  const { site, before, newBench: bench } = target;
  if (bench?.lead === undefined) return op.goBack(UNPLANNED);
  const latest = Date.now() + bench.lead.roomMs - bench.lead.marginMs;
  const dropped = { title: bench.title, site, begunBy: 'press' } as const;
  op.onFailure(DROP, 'dropGroup', dropped);
  const guard = new Guard(latest, () =>
    undoActivities.dropGroup.executeWithOptions({ summary: `too late: ${DROP}` }, [
      { ...dropped, operationId: op.operationId, account, round: 0 },
    ]),
  );
  const { marginMs } = bench.lead;
  const { group, copy } = await guard.over(op, () =>
    orWithdrawn(op, async () => {
      const ordered = await op.command('order bench', orderBench, { target, bench });
      await op.settle(ordered);
      const copy = await safetyCopy(op, site, target.copy);
      await op.waitUntil(latest - marginMs, 'the time that Press was given');
      await op.ifHeld();
      return { group: groupOf(ordered), copy };
    }),
  );

  op.enter('running');
  op.pointOfNoReturn();
  const sought = { kind: 'upgrade-begun', site, group, bench: before.bench ?? '' } as const;
  const waiting: Running = { step: 'upgrade', sent: { tracker: sought, how: 'recorded' } };
  const { evidence } = await op.settle(waiting);
  const tracker = { kind: 'site-update', site, update: evidence.update ?? '' } as const;
  const running: Running = { step: 'upgrade', sent: { tracker, how: 'adopted' } };
  const settled = await op.outcomeOf(running);
  return { account, change: into(target, group), running, settled, copy };
}

/** Left as it is, an order that stands would be carried out by Press, without a copy. */
async function orWithdrawn<T>(op: Op, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Abandoned)) throw error;
    return op.goBack({ ...NOT_READY, message: `${error.message}; the order is withdrawn` });
  }
}

const UNPLANNED: Problem = {
  type: 'StepFailed',
  step: 'order bench',
  message: 'order bench: the plan gives no time for it',
};

const NOT_READY: Problem = {
  type: 'StepFailed',
  step: 'order bench',
  message: 'bench and copy were not ready in time, or it was held: withdrawn before Press began',
};

/**
 * Sees that Press never begins without a copy: whatever the operation waits for meanwhile, a person
 * too, the order is withdrawn in time.
 */
class Guard {
  readonly #until: number;
  readonly #withdraw: () => Promise<unknown>;
  #isTooLate = false;

  constructor(until: number, withdraw: () => Promise<unknown>) {
    this.#until = until;
    this.#withdraw = withdraw;
  }

  /** Does the work; goes back when it was not done in time, after what was withdrawn is. */
  async over<T>(op: Op, work: () => Promise<T>): Promise<T> {
    const scope = new CancellationScope();
    const watching = scope.run(() => this.#watch());
    try {
      const done = await work();
      if (!this.#isTooLate) return done;
    } catch (error) {
      if (!this.#isTooLate || !(error instanceof GoBack)) throw error;
    } finally {
      if (!this.#isTooLate) scope.cancel();
      await watching;
    }
    return op.goBack(NOT_READY);
  }

  async #watch(): Promise<void> {
    try {
      await sleep(Math.max(1, this.#until - Date.now()), {
        summary: 'until bench and copy must be ready',
      });
      this.#isTooLate = true;
      await CancellationScope.nonCancellable(this.#withdraw);
    } catch (error) {
      // What cannot be withdrawn here is withdrawn once more by the undo, which asks a person.
      if (!this.#isTooLate && !isCancellation(error)) throw error;
    }
  }
}

async function addApps(op: Op, group: string, { apps, customApps }: NewBench): Promise<void> {
  if (apps.length > 0) await op.settle(await op.command('add apps', addGroupApps, { group, apps }));
  for (const app of customApps) {
    await op.settle(await op.command(`add app ${app.app}`, addGroupCustomApp, { group, app }));
  }
}

const groupOf = ({ sent: { tracker } }: Running): string =>
  'group' in tracker ? tracker.group : '';

/** The target with the group that was made for it. */
const into = (target: UpgradeTarget, group: string): UpgradeTarget => ({
  ...target,
  group,
  after: { ...target.after, group },
});
