import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from './stack.js';

const LOOK_EVERY_MS = 500;
/** A worker that dies more often than this within {@link WITHIN_MS} will not live the next time. */
const MOST_RESTARTS = 5;
const WITHIN_MS = 10 * 60_000;

/** What of a stack is looked after. */
export type Supervised = Pick<Stack, 'worker' | 'restartWorker'>;

/** Starts the worker again whenever it dies, until the signal fires or it dies too often. */
export async function superviseWorker(
  stack: Supervised,
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<void> {
  let restarts: readonly number[] = [];
  for (;;) {
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (isAlive(stack.worker.pid)) continue;
    restarts = restarts.filter((at) => Date.now() - at < WITHIN_MS);
    if (restarts.length >= MOST_RESTARTS) {
      say(
        `the worker has ended ${MOST_RESTARTS + 1} times within ${WITHIN_MS / 60_000} min and is not started again; its log: worker.log. Operations wait; Ctrl-C, then npm start.`,
      );
      return;
    }
    restarts = [...restarts, Date.now()];
    say(`the worker has ended; starting it again (${restarts.length} of ${MOST_RESTARTS})`);
    try {
      await stack.restartWorker();
      say('the worker is back');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Our own child: once it has ended, Node has reaped it and its pid is free. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
