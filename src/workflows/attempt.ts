import type { Problem } from '../domain/failures.js';
import type { Choice } from '../domain/messages.js';
import type { OperationContext } from './context.js';
import { Abandoned, GoBack, problemOf } from './failures.js';
import { askPerson } from './resolution.js';

/**
 * Runs an activity until it answers (D 8): a refusal goes back; any other failure that Temporal
 * does not retry waits for a person, who may say "retry". To be denied a read is a refusal as long as
 * nothing was sent; from then on it says nothing about what goes on at Press.
 */
export async function attempt<T>(
  ctx: OperationContext,
  step: string,
  run: () => Promise<T>,
): Promise<T> {
  for (;;) {
    ctx.board.step(step, 'running');
    try {
      return await ctx.interruptible(run);
    } catch (error) {
      const problem = problemOf(error, step);
      if (problem === null) throw error;
      if (problem.type === 'Refused') throw new GoBack(problem);
      if (problem.type === 'Denied' && !ctx.touched)
        throw new GoBack({ ...problem, type: 'Refused' });
      await askToRetry(ctx, problem);
      await ctx.gate();
    }
  }
}

/** Returns when a person wants another try; goes back or abandons when they say so. */
export async function askToRetry(ctx: OperationContext, problem: Problem): Promise<void> {
  const mayGoBack = ctx.touched && !ctx.pastPointOfNoReturn;
  const choices: readonly Choice[] = mayGoBack
    ? ['retry', 'roll_back', 'abandon']
    : ['retry', 'abandon'];
  const choice = await askPerson(ctx, problem, choices);
  if (choice === 'roll_back') throw new GoBack(problem);
  if (choice === 'abandon') throw new Abandoned(problem.message);
}
