import type { Problem } from '../domain/failures.js';
import type { MigrateSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import type { SafetyCopy } from '../domain/safety-copy.js';
import type { MigrateTarget } from '../domain/site-changes.js';
import { planMigrate, startMigration } from './activities.js';
import { verifyAs } from './after-update.js';
import { operation } from './operation.js';
import { restoreUntilDone } from './putting-back.js';
import { settledBy } from './restoring.js';
import type { Op } from './runbook.js';
import { safetyCopy } from './safety-copy.js';
import { problemOfSettled } from './tracking.js';
import { leaveUntouched } from './untouched.js';

const STEP = 'migrate';

interface Migration {
  readonly account: string;
  readonly change: MigrateTarget;
}

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
    const of = { account: input.account, change: target };
    const failed = await migrate(op, of);
    if (failed !== null && copy === null) await retryUntilMigrated(op, target, failed);
    if (failed !== null && copy !== null) await putBack(op, of, copy, failed);
    const { details } = await verifyAs(op, of, target.after);
    return op.succeed(details);
  });
}

/**
 * With all patches first; without those that fail only when that was asked for. Null when the site
 * is migrated; else why it is not. Never delivered: nothing has happened.
 */
async function migrate(op: Op, of: Migration): Promise<Problem | null> {
  const { change } = of;
  const asked = { site: change.site, skipFailingPatches: false };
  const settled = await op.outcomeOf(await op.command(STEP, startMigration, asked));
  if (settled.outcome === 'success') return null;
  const failed = problemOfSettled(STEP, settled);
  if (settled.outcome === 'delivery_failure') {
    if (change.statusBefore === 'Active') await verifyAs(op, of, change.before);
    return leaveUntouched(op, change, failed);
  }
  return change.skipFailingPatches ? migrateAgain(op, change, failed) : failed;
}

/** After a failure nothing is as it was, even when this one is refused or never delivered. */
async function migrateAgain(
  op: Op,
  { site, skipFailingPatches }: MigrateTarget,
  failed: Problem,
): Promise<Problem | null> {
  const settled = await settledBy(op, STEP, startMigration, { site, skipFailingPatches });
  if (settled.outcome !== 'success') return problemOfSettled(STEP, settled);
  if (skipFailingPatches) op.giveUp(STEP, `patches were left out: ${failed.message}`);
  return null;
}

/** Without a copy there is only forward. */
async function retryUntilMigrated(op: Op, target: MigrateTarget, first: Problem): Promise<void> {
  for (let failed: Problem | null = first; failed !== null;) {
    const problem = { ...failed, message: `${failed.message}; there is no copy of it` };
    const choice = await op.ask(problem, ['retry', 'abandon']);
    if (choice === 'abandon') op.abandon(problem.message);
    failed = await migrateAgain(op, target, failed);
  }
}

/** Ends the operation by the copy, unless that is restored forward: then the site is migrated. */
async function putBack(op: Op, of: Migration, copy: SafetyCopy, failed: Problem): Promise<void> {
  const { change } = of;
  const how = await restoreUntilDone(op, change, copy, 'restore');
  if (how === 'restore_forward') {
    op.giveUp(STEP, `restored instead, because ${failed.message}`);
    return;
  }
  await verifyAs(op, of, change.before);
  if (how === null) op.abandon(`repaired by hand, because ${failed.message}`);
  op.goBack(failed);
}
