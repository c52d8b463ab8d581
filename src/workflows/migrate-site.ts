import type { MigrateSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import type { MigrateTarget } from '../domain/site-changes.js';
import type { Settled } from '../domain/trackers.js';
import { planMigrate, startMigration } from './activities.js';
import { type Ended, verifyAs } from './after-update.js';
import { operation } from './operation.js';
import { restoreUntilDone } from './putting-back.js';
import type { Finish, Op, Running } from './runbook.js';
import { safetyCopy } from './safety-copy.js';
import { problemOfSettled } from './tracking.js';

/**
 * Runs the migrations of a site where it stands. Press makes no copy of it and recovers nothing.
 *
 * 1. safety copy    of right now
 * 2. migrate        point of no return       again, leaving out patches that fail, when that was
 *                                            asked for; else the copy is restored
 * 3. verify         apps, HTTP               else a person decides
 */
export async function migrateSite(input: MigrateSiteInput): Promise<OperationResult> {
  return operation('migrate', input, planMigrate, async (op, plan) => {
    const { target } = plan.material;
    const copy = await safetyCopy(op, target.site, target.copy);

    op.pointOfNoReturn();
    const { running, settled } = await migrate(op, target);
    return afterMigration(op, { account: input.account, change: target, running, settled, copy });
  });
}

/** With all patches first; without those that fail only when that was asked for. */
async function migrate(
  op: Op,
  { site, skipFailingPatches }: MigrateTarget,
): Promise<{ running: Running; settled: Settled }> {
  const running = await op.command('migrate', startMigration, { site, skipFailingPatches: false });
  const settled = await op.outcomeOf(running);
  if (settled.outcome !== 'failure' || !skipFailingPatches) return { running, settled };
  const again = await op.command('migrate', startMigration, { site, skipFailingPatches });
  const second = await op.outcomeOf(again);
  if (second.outcome === 'success') {
    op.giveUp('migrate', `patches were left out: ${problemOfSettled('migrate', settled).message}`);
  }
  return { running: again, settled: second };
}

async function afterMigration(op: Op, ended: Ended): Promise<Finish> {
  const { change, running, settled, copy } = ended;
  if (settled.outcome === 'success') {
    const { details } = await verifyAs(op, ended, change.after);
    return op.succeed(details);
  }
  const failed = problemOfSettled(running.step, settled);
  const untouched = settled.outcome === 'delivery_failure';
  if (!untouched && copy === null) {
    const problem = { ...failed, message: `${failed.message}; there is no copy of it` };
    const choice = await op.ask(problem, ['retry', 'abandon']);
    if (choice === 'abandon') op.abandon(problem.message);
  } else if (!untouched && copy !== null) {
    const how = await restoreUntilDone(op, change, copy, 'restore');
    if (how === null) {
      await verifyAs(op, ended, change.before);
      op.abandon(`repaired by hand, because ${failed.message}`);
    }
    if (how === 'restore_forward') {
      op.giveUp('migrate', `restored, leaving out patches that fail, because ${failed.message}`);
      const { details } = await verifyAs(op, ended, change.after);
      return op.succeed(details);
    }
  }
  await verifyAs(op, ended, change.before);
  return op.goBack(failed);
}
