import {
  allHandlersFinished,
  CancellationScope,
  condition,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { PlanArgs } from '../domain/activity-types.js';
import { withoutHandles } from '../domain/hand-over.js';
import {
  headerOf,
  keepsSecrets,
  type OperationKind,
  type OperationResult,
  type Outcome,
} from '../domain/operations.js';
import { type Plan, refusalOf } from '../domain/plan.js';
import * as activities from './activities.js';
import { attempt } from './attempt.js';
import { isRevoked, waitForApproval } from './approvals.js';
import { compensate } from './compensation.js';
import { OperationContext } from './context.js';
import { Abandoned, Cancelled, GivenUp, GoBack } from './failures.js';
import { serveMessages } from './judging.js';
import { takeLocks } from './locking.js';
import { Op, type Activity, type Finish } from './runbook.js';

/** How to plan an operation; read-only, run before anything is touched and again under the lock. */
export type Planner<Input, Target> = Activity<PlanArgs<Input>, Plan<Target>>;

/** Temporal sets it on what a schedule has begun. */
const SCHEDULED_BY = defineSearchAttributeKey('TemporalScheduledById', 'KEYWORD');

interface Requested {
  readonly dryRun?: boolean;
  readonly ifBusy?: 'queue' | 'refuse';
}

interface Ending {
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * The envelope every operation runs in: a ledger record opened and always closed, plan, approvals,
 * locks, the runbook, and one way of ending (D 4). A native cancellation becomes a cancel request;
 * the body itself is shielded.
 */
export async function operation<Input extends Requested, Target>(
  kind: OperationKind,
  input: Input,
  planner: Planner<Input, Target>,
  runbook: (op: Op, plan: Plan<Target>) => Promise<Finish>,
): Promise<OperationResult> {
  const ctx = new OperationContext({ kind, ...headerOf(kind, input, workflowInfo().workflowId) });
  CancellationScope.current().cancelRequested.catch(() => {
    ctx.cancel({ operationId: ctx.ref.operationId, by: 'a cancellation in Temporal' });
  });
  return CancellationScope.nonCancellable(async () => {
    ctx.board.enter('preflight');
    const opened = await activities.openOperation({ ref: ctx.ref, input });
    if (opened.status === 'closed') return show(ctx, opened.result);
    if (opened.status === 'refused') return end(ctx, { outcome: 'refused', reason: opened.reason });
    ctx.timing = opened.timing;
    ctx.unsignedDecisions = opened.unsignedDecisions;
    ctx.resolvers = opened.resolvers;

    const served = serveMessages(ctx);
    const ending = await conclude(ctx, () => carryOut(ctx, input, planner, runbook));
    ctx.inbox.close();
    await served;
    return end(ctx, ending);
  });
}

/** Plan, approvals, locks, runbook: each may end the operation before anything was touched. */
async function carryOut<Input extends Requested, Target>(
  ctx: OperationContext,
  input: Input,
  planner: Planner<Input, Target>,
  runbook: (op: Op, plan: Plan<Target>) => Promise<Finish>,
): Promise<Ending> {
  const { board, ref } = ctx;
  const makePlan = async (summary: string, underLock: boolean): Promise<Plan<Target>> => {
    const plan = await attempt(ctx, 'preflight', () =>
      planner.executeWithOptions({ summary }, [{ ref, input, underLock }]),
    );
    board.status.plan = plan;
    board.status.site = plan.site;
    return plan;
  };

  let plan = await makePlan('preflight: reads only', false);
  for (;;) {
    if (plan.refusal !== null) return { outcome: 'refused', reason: refusalOf(plan) };
    board.announce(['preflight', ...plan.material.steps.map((step) => step.name)]);
    board.step('preflight', 'done');
    if (input.dryRun) return { outcome: 'planned', details: { plan: plan.hash } };

    const approval = await waitForApproval(ctx, plan);
    board.status.reason = null;
    if (approval !== 'approved') return { outcome: approval, reason: reasonOf(ctx, approval) };
    if (plan.approval !== null || plan.notBefore !== undefined) board.enter('queued');
    if (!(await waitForItsTime(ctx, plan))) {
      return { outcome: 'rejected', reason: reasonOf(ctx, 'rejected') };
    }
    await ctx.gate();
    const lock = await takeLocks(ctx, plan, input.ifBusy ?? 'queue');
    if (lock.state === 'busy') return { outcome: 'refused', reason: lock.reason };
    if (lock.state === 'revoked') {
      return { outcome: 'rejected', reason: reasonOf(ctx, 'rejected') };
    }

    // What was approved is what is done: the plan is made again under the lock (D 4).
    const approved = plan;
    plan = await makePlan('plan again, under the lock', true);
    board.step('preflight', 'done');
    const again = whyAgain(approved, plan);
    if (again !== null) {
      await activities.unlockOperation({ operationId: ref.operationId });
      board.status.reason = again;
      continue;
    }
    if (plan.refusal !== null) continue;
    await ctx.lastGate();
    if (isRevoked(ctx)) return { outcome: 'rejected', reason: reasonOf(ctx, 'rejected') };
    board.enter('running');
    const finish = await runbook(new Op(ctx), plan);
    // A cancel request that was accepted in the very last moment counts; later ones do not.
    ctx.throwIfStopped();
    ctx.pastPointOfNoReturn = true;
    return finish;
  }
}

/** Why what was to begin now is waited for once more; null when it begins. */
function whyAgain(approved: Plan, plan: Plan): string | null {
  if (plan.refusal !== null) return null;
  if (plan.hash !== approved.hash && plan.approval !== null) {
    return 'the plan changed after it was approved: it must be approved again';
  }
  return plan.notBefore === undefined
    ? null
    : 'its maintenance window has closed while it was queued: it waits for the next one';
}

/** Waits for the time that was asked for, holding no lock; false when it was revoked meanwhile. */
async function waitForItsTime(ctx: OperationContext, plan: Plan): Promise<boolean> {
  const from = plan.notBefore === undefined ? 0 : Date.parse(plan.notBefore);
  if (from > Date.now()) {
    ctx.board.wait('its time', from);
    await ctx.waitFor(() => isRevoked(ctx), from - Date.now(), `until ${plan.notBefore}`);
    ctx.board.wait(null);
  }
  return !isRevoked(ctx);
}

/** Turns whatever ended the runbook into a named outcome; what was done is undone first. */
async function conclude(ctx: OperationContext, work: () => Promise<Ending>): Promise<Ending> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Abandoned) return { outcome: 'abandoned', reason: error.message };
    if (error instanceof GivenUp) return compensate(ctx, 'rolled_back', error.message);
    if (error instanceof Cancelled) return compensate(ctx, 'cancelled', error.message);
    if (error instanceof GoBack) {
      const refused = error.problem.type === 'Refused';
      return compensate(ctx, refused ? 'refused' : 'rolled_back', error.message);
    }
    throw error;
  }
}

/** Closes the ledger record, which releases the locks, and shows the outcome everywhere. */
async function end(ctx: OperationContext, ending: Ending): Promise<OperationResult> {
  const { ref, board } = ctx;
  const details = { ...ctx.details, ...ending.details };
  const result: OperationResult = {
    operationId: ref.operationId,
    kind: ref.kind,
    site: board.status.site,
    outcome: ending.outcome,
    exceptions: board.status.exceptions,
    details: keepsSecrets(ending.outcome) ? details : withoutHandles(details),
    ...(ending.reason !== undefined && { reason: ending.reason }),
  };
  const scheduledBy = workflowInfo().typedSearchAttributes.get(SCHEDULED_BY);
  await activities.closeOperation({
    ref,
    result,
    ...(scheduledBy !== undefined && { scheduledBy }),
  });
  return show(ctx, result);
}

async function show(ctx: OperationContext, result: OperationResult): Promise<OperationResult> {
  const { board } = ctx;
  ctx.inbox.dismiss();
  board.status.site = result.site;
  board.status.reason = result.reason ?? null;
  board.status.exceptions = result.exceptions;
  board.status.needsAttention = false;
  board.wait(null);
  board.finish(result.outcome);
  await condition(allHandlersFinished);
  return result;
}

function reasonOf(ctx: OperationContext, outcome: 'rejected' | 'expired'): string {
  if (outcome === 'expired') return 'nobody approved in time';
  const rejection = ctx.counted.find((decision) => decision.verdict === 'reject');
  return `rejected by ${rejection?.by ?? 'somebody'}${rejection?.reason ? `: ${rejection.reason}` : ''}`;
}
