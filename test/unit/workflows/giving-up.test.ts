import { expect, it } from 'vitest';
import type { Resolution } from '../../../src/domain/messages.js';
import type { OperationContext } from '../../../src/workflows/context.js';
import { GivenUp } from '../../../src/workflows/failures.js';
import { Op } from '../../../src/workflows/runbook.js';

type Look = Parameters<Op['awaitReady']>[1];

/** As much of an operation as a wait needs. */
function waiting() {
  const ctx = {
    ref: { site: 'shop.example' },
    resolution: null as Resolution | null,
    board: {
      status: { choices: [] as readonly string[] },
      wait: () => undefined,
      step: () => undefined,
    },
    gate: async () => undefined,
    interruptible: (work: () => Promise<unknown>) => work(),
    throwIfStopped() {
      if (ctx.resolution !== null) throw new GivenUp(`given up by ${ctx.resolution.by}`);
    },
  };
  /** An activity that answers just as somebody gives it up. */
  const look = (answer: string) =>
    ({
      executeWithOptions: async () => {
        ctx.resolution = { operationId: 'op', choice: 'give_up', by: 'kim' };
        return answer;
      },
    }) as unknown as Look;
  const op = new Op(ctx as unknown as OperationContext);
  const wait = (answer: string) =>
    op.awaitReady('sign of life', look(answer), {}, 0, (answered) => answered === 'not yet');
  return { ctx, wait };
}

it('counts when the answer only means another wait', async () => {
  const { ctx, wait } = waiting();
  await expect(wait('not yet')).rejects.toThrow('given up by kim');
  expect(ctx.resolution).toBeNull();
});

it('comes too late when the answer is what was waited for', async () => {
  const { ctx, wait } = waiting();
  expect(await wait('seen')).toBe('seen');
  expect(ctx.resolution).toBeNull();
  expect(ctx.board.status.choices).toEqual([]);
});
