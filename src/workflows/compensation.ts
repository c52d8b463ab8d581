import { condition } from '@temporalio/workflow';
import type { Outcome } from '../domain/operations.js';
import { undoActivities } from './activities.js';
import type { UndoAnswer, UndoCall } from '../domain/saga.js';
import type { OperationContext } from './context.js';
import type { Activity } from './runbook.js';
import { askPerson, callAttention } from './resolution.js';

/**
 * Runs every undo, all of them, and names the end (D 4.4). One that cannot be done waits for a
 * person: try again, or leave things as they are. `refused` stays so only when nothing had been
 * done; otherwise the truth is `rolled_back`.
 */
export async function compensate(
  ctx: OperationContext,
  outcome: 'cancelled' | 'refused' | 'rolled_back',
  reason: string,
): Promise<{ readonly outcome: Outcome; readonly reason: string }> {
  const { board, ref, saga } = ctx;
  board.status.reason = reason;
  board.wait(null);
  if (!ctx.touched) return { outcome, reason };
  board.enter('compensating');
  for (let round = 1; ; round += 1) {
    const undoing = saga.compensate((compensation) => {
      board.wait(`undo: ${compensation.label}`);
      const undo: Activity<UndoCall, UndoAnswer> = undoActivities[compensation.activity];
      return undo.executeWithOptions({ summary: `undo: ${compensation.label}` }, [
        { ...compensation.args, operationId: ref.operationId, round },
      ]);
    });
    const undone = await patiently(ctx, round, undoing);
    board.status.undone = [...board.status.undone, ...undone];
    board.wait(null);
    const failed = undone.filter(({ result }) => result === 'failed');
    if (failed.length === 0) break;

    const problem = {
      type: 'UndoFailed',
      step: 'undo',
      message: failed.map(({ label, message }) => `${label}: ${message}`).join('; '),
    } as const;
    const choice = await askPerson(ctx, problem, ['retry', 'abandon']);
    if (choice === 'abandon')
      return { outcome: 'abandoned', reason: `${reason}; ${problem.message}` };
  }
  board.status.exceptions = [...board.status.exceptions, ...ctx.stays];
  const nothing =
    ctx.stays.length === 0 && board.status.undone.every(({ result }) => result === 'nothing');
  return { outcome: outcome === 'refused' && !nothing ? 'rolled_back' : outcome, reason };
}

/** An undo that takes long goes on, but not unseen: it may wait for a job that hangs. */
async function patiently<T>(ctx: OperationContext, round: number, undoing: Promise<T>): Promise<T> {
  const { board, timing } = ctx;
  let over = false;
  const done = undoing.finally(() => (over = true));
  const summary = 'undo: until people are told';
  if (!(await condition(() => over, timing.softLimit, { summary }))) {
    const message = `${board.status.waiting?.what ?? 'undo'} still waits`;
    await callAttention(ctx, `slow/undo/${round}`, { type: 'TimedOut', step: 'undo', message });
  }
  const answer = await done;
  board.status.needsAttention = false;
  return answer;
}
