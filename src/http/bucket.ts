/** Undo calls pass `high`: they go before every waiting `normal` call (D 2). */
export type Priority = 'high' | 'normal';

export interface BucketConfig {
  readonly requestsPerSecond: number;
  /** Requests that may leave at once after a quiet time. */
  readonly burst: number;
  /** Longest wait for a turn, in ms. */
  readonly maxWaitMs: number;
}

/** The bucket stayed empty for `maxWaitMs`; nothing was sent. */
export class BucketTimeout extends Error {
  override readonly name = 'BucketTimeout';
}

export interface Bucket {
  /**
   * Waits for one token.
   *
   * @throws BucketTimeout after `maxWaitMs`
   * @throws the signal's reason when it fires first
   */
  take(priority: Priority, signal: AbortSignal): Promise<void>;
}

interface Waiter {
  readonly admit: () => void;
}

/** A token bucket: first come, first served within a priority; all `high` before all `normal`. */
export function createBucket(config: BucketConfig): Bucket {
  const waiting: Record<Priority, Waiter[]> = { high: [], normal: [] };
  let tokens = config.burst;
  let filledAt = performance.now();
  let refill: NodeJS.Timeout | undefined;

  const fill = (): void => {
    const now = performance.now();
    tokens = Math.min(config.burst, tokens + ((now - filledAt) / 1000) * config.requestsPerSecond);
    filledAt = now;
  };

  const serve = (): void => {
    fill();
    clearTimeout(refill);
    while (tokens >= 1) {
      const next = waiting.high.shift() ?? waiting.normal.shift();
      if (!next) return;
      tokens -= 1;
      next.admit();
    }
    if (waiting.high.length + waiting.normal.length === 0) return;
    refill = setTimeout(serve, Math.ceil(((1 - tokens) / config.requestsPerSecond) * 1000));
  };

  return {
    take: (priority, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const leave = (reason: Error): void => {
          settle();
          const queue = waiting[priority];
          queue.splice(queue.indexOf(waiter), 1);
          reject(reason);
        };
        const onAbort = (): void => leave(signal.reason as Error);
        const limit = setTimeout(() => {
          leave(new BucketTimeout(`no request token within ${config.maxWaitMs} ms`));
        }, config.maxWaitMs);
        const settle = (): void => {
          clearTimeout(limit);
          signal.removeEventListener('abort', onAbort);
        };
        const waiter: Waiter = {
          admit: () => {
            settle();
            resolve();
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting[priority].push(waiter);
        serve();
      }),
  };
}
