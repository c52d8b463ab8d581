import { setTimeout as delay } from 'node:timers/promises';

/** How often somebody who waits asks again. */
const ASK_EVERY_MS = 500;

/** What is put up with, and for how long. */
interface Outage {
  /** Whether an error passes by itself. */
  readonly isPassing: (error: unknown) => boolean;
  readonly withinMs: number;
  /** Ends the patience: nobody waits any more. */
  readonly signal?: AbortSignal;
}

/**
 * Asks until there is an answer: a worker that restarts gives none for a while.
 *
 * @throws what was asked, when that does not pass, or not in time; AbortError
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  { isPassing, withinMs, signal }: Outage,
): Promise<T> {
  for (const giveUpAt = Date.now() + withinMs; ;) {
    try {
      return await ask();
    } catch (error) {
      if (signal?.aborted || !isPassing(error) || Date.now() > giveUpAt) throw error;
      await untilNextAsk(signal);
    }
  }
}

/** @throws AbortError */
export const untilNextAsk = (signal?: AbortSignal): Promise<void> =>
  delay(ASK_EVERY_MS, undefined, { ...(signal && { signal }) });
