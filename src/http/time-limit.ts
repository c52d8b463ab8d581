/**
 * Runs work that is given up after `limitMs`, or when the caller gives up. Not made of
 * `AbortSignal.any` and `AbortSignal.timeout`: Node 20 may collect their timer before it fires, and
 * a call that hangs would then hang for ever.
 */
export async function withinTime<T>(
  limitMs: number,
  given: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const giveUp = (): void => limit.abort();
  const timer = setTimeout(giveUp, limitMs);
  if (given?.aborted) giveUp();
  given?.addEventListener('abort', giveUp, { once: true });
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    given?.removeEventListener('abort', giveUp);
  }
}
