import { Context } from '@temporalio/activity';

/** The heartbeat timeout of everything that speaks to Press is 10 s (workflows/activity-options.ts). */
const BEAT_EVERY = 3_000;

/**
 * Tells Temporal that the worker lives while a call is out, so that a killed worker is noticed in
 * seconds. Calls that answer quickly cost no heartbeat. `work` gets the signal of cancellation.
 */
export async function whileBeating<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), BEAT_EVERY);
  try {
    return await work(context.cancellationSignal);
  } finally {
    clearInterval(timer);
  }
}
