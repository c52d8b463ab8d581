import { condition } from '@temporalio/workflow';
import type { Answer } from '../domain/messages.js';
import * as activities from './activities.js';
import type { OperationContext } from './context.js';
import { messageOf } from './failures.js';
import type { Judgeable } from './messages.js';

/**
 * Judges decisions and resolutions one after the other for as long as the operation is open.
 * Each is judged by an activity, which knows people and writes to the ledger (D 4.3).
 */
export async function serveMessages(ctx: OperationContext): Promise<void> {
  for (;;) {
    await condition(() => ctx.inbox.queue.length > 0 || ctx.inbox.closed);
    const [entry] = ctx.inbox.queue;
    if (entry === undefined) return;
    try {
      entry.answer = await judge(ctx, entry);
    } catch (error) {
      // A decision that cannot be judged does not count, and breaks nothing (D 4).
      entry.answer = { accepted: false, reason: `it could not be judged: ${messageOf(error)}` };
    }
    // Judged last, removed last: an empty queue means that nothing is being judged either.
    ctx.inbox.queue.shift();
  }
}

async function judge(ctx: OperationContext, { message }: Judgeable): Promise<Answer> {
  const { ref, board } = ctx;
  if (message.type === 'decision') {
    const { answer, decision } = await activities.judgeDecision({
      ref,
      decision: message.decision,
      state: board.status.state,
      planHash: board.status.plan?.hash ?? '',
      // From the first effect on there is nothing left to decide; revoking ends there (D 4.3).
      rule: ctx.touched ? null : ctx.rule,
      counted: ctx.counted,
    });
    if (decision === null) return answer;
    // The plan may have changed while the activity ran (D 4: a changed plan voids approvals).
    if (decision.planHash !== board.status.plan?.hash) {
      return { accepted: false, reason: 'the plan has changed meanwhile; decide again' };
    }
    ctx.counted = [...ctx.counted, decision];
    return answer;
  }
  const { resolution } = message;
  const answer = await activities.judgeResolution({
    ref,
    resolution,
    choices: board.status.choices,
  });
  if (!answer.accepted) return answer;
  if (!board.status.choices.includes(resolution.choice)) {
    return { accepted: false, reason: 'too late: nothing waits for it any more' };
  }
  ctx.resolve(resolution);
  return answer;
}
