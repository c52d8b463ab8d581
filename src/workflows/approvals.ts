import { tally } from '../domain/approvals.js';
import type { Plan } from '../domain/plan.js';
import type { OperationContext } from './context.js';
import { callAttention } from './resolution.js';

/**
 * Waits until enough people have agreed to this very plan, one has rejected it, or its time is
 * up. Escalates once in between (D 4.3). A plan that asks nobody is approved at once.
 */
export async function waitForApproval(
  ctx: OperationContext,
  plan: Plan,
): Promise<'approved' | 'rejected' | 'expired'> {
  const rule = plan.approval;
  ctx.rule = rule;
  // A decision on this very plan may have come before it was asked for.
  ctx.counted = ctx.counted.filter(({ planHash }) => planHash === plan.hash);
  if (rule === null) return 'approved';

  const { board } = ctx;
  const expiresAt = Date.now() + rule.expiresAfterMs;
  const escalateAt = Date.now() + rule.escalateAfterMs;
  let escalated = false;
  board.wait('approval', expiresAt);
  showApproval(ctx, expiresAt);
  board.enter('waiting_approval', Object.keys(rule.quorum));
  try {
    for (;;) {
      const { state } = tally(rule, ctx.counted);
      if (state === 'approved') return await coolOff(ctx, rule.coolingOffMs ?? 0);
      if (state !== 'open') return state;
      if (Date.now() >= expiresAt) return 'expired';
      const seen = ctx.counted.length;
      const until = escalated ? expiresAt : Math.min(escalateAt, expiresAt);
      const patience = escalated || expiresAt <= escalateAt ? 'expiry' : 'escalation';
      const decided = await ctx.waitFor(
        () => ctx.counted.length > seen,
        until - Date.now(),
        `waiting for approval, until its ${patience}`,
      );
      showApproval(ctx, expiresAt);
      if (!decided && !escalated && Date.now() < expiresAt) {
        escalated = true;
        const message = `nobody has decided yet; expires ${new Date(expiresAt).toISOString()}`;
        const problem = { type: 'TimedOut', step: 'approval', message } as const;
        await callAttention(ctx, `escalation/${plan.hash}`, problem, Object.keys(rule.quorum));
      }
    }
  } finally {
    board.status.needsAttention = false;
    board.wait(null);
  }
}

/** Time to think again: a rejection after the last approval revokes it (D 4.3). */
async function coolOff(ctx: OperationContext, ms: number): Promise<'approved' | 'rejected'> {
  if (ms === 0) return 'approved';
  const until = Date.now() + ms;
  ctx.board.wait('the cooling-off time: reject to revoke', until);
  ctx.board.enter('waiting_approval');
  await ctx.waitFor(() => isRevoked(ctx), ms, 'cooling off, until it begins');
  return isRevoked(ctx) ? 'rejected' : 'approved';
}

/** A rejection that arrived between approval and the first effect revokes it (D 4.3). */
export function isRevoked(ctx: OperationContext): boolean {
  return ctx.rule !== null && tally(ctx.rule, ctx.counted).state === 'rejected';
}

function showApproval(ctx: OperationContext, expiresAt: number): void {
  if (ctx.rule === null) return;
  ctx.board.status.approval = {
    rule: ctx.rule,
    counted: ctx.counted,
    missing: tally(ctx.rule, ctx.counted).missing,
    expiresAt: new Date(expiresAt).toISOString(),
    unsigned: ctx.unsignedDecisions,
  };
  ctx.board.draw();
}
