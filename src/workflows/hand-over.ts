import type { HandedOver, HandOverArgs } from '../domain/hand-over.js';
import type { OperationContext } from './context.js';
import { problemOf } from './failures.js';
import type { Activity } from './runbook.js';

/**
 * Has a secret made and stored for one claim (D 7). Answers where it waits, or why there is none:
 * whatever stands in the way of it, nobody is asked, because what it belongs to is fine.
 */
export async function handOver(
  ctx: OperationContext,
  step: string,
  activity: Activity<HandOverArgs, HandedOver>,
  site: string,
): Promise<HandedOver | string> {
  const { ref, board, timing } = ctx;
  const key = { operationId: ref.operationId, step, round: 1 };
  const deadline = Date.now() + timing.handOverDeadline;
  const { account } = ref;
  await ctx.gate();
  board.step(step, 'running');
  try {
    const handed = await ctx.interruptible(() =>
      activity.executeWithOptions({ summary: `${step} ${site}` }, [
        { key, account, site, deadline },
      ]),
    );
    board.step(step, 'done', `waits for its receiver until ${handed.expiresAt}`);
    return handed;
  } catch (error) {
    const problem = problemOf(error, step);
    if (problem === null) throw error;
    return problem.message;
  }
}
