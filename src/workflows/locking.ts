import { pollDelay } from '../domain/timing.js';
import type { Plan } from '../domain/plan.js';
import { lockOperation } from './activities.js';
import { isRevoked } from './approvals.js';
import type { OperationContext } from './context.js';

/**
 * Takes all locks of a plan at once, just before the first effect (D 4.1). While somebody else
 * holds one it queues, or answers `busy` naming the holder when the caller said so or the time
 * for queueing is up.
 */
export async function takeLocks(
  ctx: OperationContext,
  plan: Plan,
  ifBusy: 'queue' | 'refuse',
): Promise<{ state: 'locked' | 'revoked' } | { state: 'busy'; reason: string }> {
  const { timing, board, ref } = ctx;
  const startedAt = Date.now();
  const deadline = startedAt + timing.queueDeadline;
  // Twelve hours of looks every 30 s would be a third of what a history may hold.
  const queued = {
    ...timing,
    pollFirst: timing.queuePoll / 6,
    pollMax: timing.queuePoll,
    pollMaxLate: timing.pollMax,
  };
  for (let n = 0; ; n += 1) {
    const lock = await lockOperation({ operationId: ref.operationId, resources: plan.resources });
    if (lock.acquired) {
      board.wait(null);
      return { state: 'locked' };
    }
    if (ifBusy === 'refuse' || Date.now() >= deadline) {
      return { state: 'busy', reason: `${plan.site} is held by ${lock.holder}` };
    }
    board.wait(`the lock, held by ${lock.holder}`, deadline);
    board.enter('queued');
    await ctx.pause(
      pollDelay(queued, n, Date.now() - startedAt, Math.random()),
      `queued behind ${lock.holder}`,
    );
    if (isRevoked(ctx)) return { state: 'revoked' };
  }
}
