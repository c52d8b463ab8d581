import type { Stop } from './stop.js';

/** How far the rows were taken. */
export interface Progress {
  /** The last line that was taken; 0 when none was. */
  readonly lastLine: number;
  /** Whether there was no row left. */
  readonly complete: boolean;
}

/**
 * Works on rows in their order, several at once, until there are none or something says stop; what
 * has begun is brought to its end in any case. `work` must not throw.
 *
 * @throws what reading the rows throws, unless it was told to stop
 */
export async function runRows<Row extends { readonly line: number }>(
  rows: AsyncIterable<Row>,
  work: (row: Row) => Promise<void>,
  { concurrency, stop }: { readonly concurrency: number; readonly stop: Stop },
): Promise<Progress> {
  const running = new Set<Promise<void>>();
  let lastLine = 0;
  let complete = true;
  try {
    for await (const row of rows) {
      while (running.size >= concurrency) await Promise.race(running);
      if (stop.reason !== null) {
        complete = false;
        break;
      }
      lastLine = row.line;
      const one: Promise<void> = work(row).finally(() => running.delete(one));
      running.add(one);
    }
  } catch (error) {
    if (stop.reason === null) throw error;
    complete = false;
  } finally {
    await Promise.all(running);
  }
  return { lastLine, complete };
}
