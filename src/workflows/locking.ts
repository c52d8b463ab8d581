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
export function takeLocks(
  ctx: OperationContext,
  { site, resources }: Plan,
  ifBusy: 'queue' | 'refuse',
): Promise<Turn> {
  return inTurn(ctx, { site, resources, ifBusy });
}

/**
 * Takes locks again that were left to others, in turn with them. Somebody who holds the operation
 * keeps it from taking them.
 */
export function takeAgain(ctx: OperationContext, resources: readonly string[]): Promise<Turn> {
  const { site } = ctx.board.status;
  return inTurn(ctx, { site, resources, ifBusy: 'queue', before: () => ctx.gate() });
}

type Turn =
  { readonly state: 'locked' | 'revoked' } | { readonly state: 'busy'; readonly reason: string };

async function inTurn(
  ctx: OperationContext,
  {
    site,
    resources,
    ifBusy,
    before,
  }: {
    readonly site: string;
    readonly resources: readonly string[];
    readonly ifBusy: 'queue' | 'refuse';
    readonly before?: () => Promise<void>;
  },
): Promise<Turn> {
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
    if (before !== undefined) await before();
    const lock = await lockOperation({ operationId: ref.operationId, resources });
    if (lock.acquired) {
      board.wait(null);
      return { state: 'locked' };
    }
    if (ifBusy === 'refuse' || Date.now() >= deadline) {
      return { state: 'busy', reason: `${site} is held by ${lock.holder}` };
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
