import type { Problem } from '../domain/failures.js';
import type { ReinstallSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import type { ReinstallTarget } from '../domain/reinstall.js';
import type { SafetyCopy } from '../domain/safety-copy.js';
import { planReinstall, reinstallSite as reinstall } from './activities.js';
import { verifyAs } from './after-update.js';
import { GoBack } from './failures.js';
import { operation } from './operation.js';
import { restoreUntilDone } from './putting-back.js';
import { resync } from './restoring.js';
import type { Op } from './runbook.js';
import { safetyCopy } from './safety-copy.js';
import { problemOfSettled } from './tracking.js';
import { leaveUntouched } from './untouched.js';

const STEP = 'reinstall';
const WAKE = 'wake up';

/**
 * Empties a site: its apps stay, its data goes (B 4.1).
 *
 * 1. safety copy   of right now
 * 2. reinstall     point of no return       failed: the copy is restored; without one a person
 *                                           decides; never delivered: nothing has happened
 * 3. wake up       what was Inactive is served again
 * 4. verify        Active, apps, HTTP       else a person decides
 */
export async function reinstallSite(input: ReinstallSiteInput): Promise<OperationResult> {
  return operation('reinstall', input, planReinstall, async (op, plan) => {
    const { target } = plan.material;
    const { account } = input;
    const copy = await safetyCopy(op, target.site, target.copy);

    op.pointOfNoReturn();
    const failed = await reinstallOnce(op, target, copy);
    if (failed !== null && copy !== null) {
      const how = await restoreUntilDone(op, target, copy, 'restore');
      await verifyAs(op, { account, change: target }, target.before);
      if (how === null) op.abandon(`repaired by hand, because ${failed.message}`);
      op.goBack(failed);
    }

    if (target.statusBefore === 'Inactive') await wakeUp(op, target);
    const { details } = await verifyAs(op, { account, change: target }, target.after);
    return op.succeed(details);
  });
}

/**
 * Null when the site is empty; else why it is Broken. Without a copy to go back to, a person has it
 * tried until it is.
 */
async function reinstallOnce(
  op: Op,
  target: ReinstallTarget,
  copy: SafetyCopy | null,
): Promise<Problem | null> {
  let failed: Problem | null = null;
  for (;;) {
    const problem = await reinstallAgain(op, target, failed);
    if (problem === null || copy !== null) return problem;
    failed = problem;
    const choice = await op.ask(failed, ['retry', 'abandon']);
    if (choice === 'abandon') op.abandon(failed.message);
  }
}

async function reinstallAgain(
  op: Op,
  target: ReinstallTarget,
  failed: Problem | null,
): Promise<Problem | null> {
  try {
    const settled = await op.outcomeOf(await op.command(STEP, reinstall, { site: target.site }));
    if (settled.outcome === 'success') return null;
    const problem = problemOfSettled(STEP, settled);
    const untouched = settled.outcome === 'delivery_failure' && failed === null;
    return untouched ? await leaveUntouched(op, target, problem) : problem;
  } catch (error) {
    // A refusal leaves everything as it was, unless a try before it has not.
    if (failed === null || !(error instanceof GoBack) || error.problem.type !== 'Refused')
      throw error;
    return error.problem;
  }
}

/** Active at Press only: its server and its proxy have to be told (B 4.1). */
async function wakeUp(op: Op, { site }: ReinstallTarget): Promise<void> {
  for (;;) {
    const settled = await resync(op, WAKE, site);
    if (settled.outcome === 'success') return;
    const problem = problemOfSettled(WAKE, settled);
    const choice = await op.ask(problem, ['retry', 'abandon']);
    if (choice === 'abandon') op.abandon(problem.message);
  }
}
