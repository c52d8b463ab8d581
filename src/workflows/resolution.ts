import { condition } from '@temporalio/workflow';
import type { Problem } from '../domain/failures.js';
import type { Choice } from '../domain/messages.js';
import * as activities from './activities.js';
import type { OperationContext } from './context.js';

/**
 * Makes people look: search attribute, ledger, notification. `key` makes it happen once;
 * `waitingFor` names the roles that can do something about it.
 */
export async function callAttention(
  ctx: OperationContext,
  key: string,
  problem: Problem,
  waitingFor: readonly string[] = ctx.resolvers,
): Promise<void> {
  const { board } = ctx;
  board.status.needsAttention = true;
  board.enter(board.status.state, waitingFor);
  const { state, choices } = board.status;
  await activities.raiseAttention({ ref: ctx.ref, key, state, problem, choices });
}

/**
 * Stops and asks a person, for as long as it takes: reminders repeat, nothing times out into a
 * guess (D 4.5). Answers the choice; the state before is restored.
 */
export async function askPerson(
  ctx: OperationContext,
  problem: Problem,
  choices: readonly Choice[],
): Promise<Choice> {
  const { board } = ctx;
  const { state: before, choices: offered } = board.status;
  board.status.problem = problem;
  board.status.choices = choices;
  board.step(problem.step, 'failed', problem.message);
  board.wait('a person');
  board.status.state = 'needs_human';
  board.status.since = board.now();
  ctx.resolution = null;
  for (let n = 0; ctx.resolution === null; n += 1) {
    await callAttention(ctx, `${problem.step}/${board.status.since}/${n}`, problem);
    await condition(() => ctx.resolution !== null, ctx.timing.reminder, {
      summary: `waiting for a person (${problem.step})`,
    });
  }
  const { choice, by } = ctx.resolution as { choice: Choice; by: string };
  ctx.resolution = null;
  board.status.needsAttention = false;
  board.status.choices = offered;
  board.status.problem = null;
  board.step(problem.step, 'running', `${choice} (${by})`);
  board.wait(null);
  board.enter(before);
  return choice;
}
