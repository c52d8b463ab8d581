import { condition } from '@temporalio/workflow';
import type { Answer } from '../domain/messages.js';
import * as activities from './activities.js';
import type { OperationContext } from './context.js';
import type { Judgeable } from './messages.js';

/**
 * Judges decisions and resolutions one after the other for as long as the operation is open.
 * Each is judged by an activity, which knows people and writes to the ledger (D 4.3).
 */
export async function serveMessages(ctx: OperationContext): Promise<void> {
  for (;;) {
    await condition(() => ctx.inbox.queue.length > 0 || ctx.inbox.closed);
    const entry = ctx.inbox.queue.shift();
    if (entry === undefined) return;
    entry.answer = await judge(ctx, entry);
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
    if (decision !== null) ctx.counted = [...ctx.counted, decision];
    return answer;
  }
  const { resolution } = message;
  const answer = await activities.judgeResolution({
    ref,
    resolution,
    choices: board.status.choices,
  });
  if (answer.accepted) ctx.resolution = resolution;
  return answer;
}
