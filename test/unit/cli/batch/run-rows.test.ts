import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runRows } from '../../../../src/cli/batch/run-rows.js';
import { Stop } from '../../../../src/cli/batch/stop.js';

const rows = async function* (count: number) {
  for (let line = 1; line <= count; line += 1) yield { line };
};

describe('rows are worked on', () => {
  it('several at once, and never more', async () => {
    let open = 0;
    const seen: number[] = [];
    const work = async () => {
      open += 1;
      seen.push(open);
      await turn();
      open -= 1;
    };
    const end = await runRows(rows(20), work, { concurrency: 3, stop: new Stop() });
    expect(end).toEqual({ lastLine: 20, complete: true });
    expect(Math.max(...seen)).toBe(3);
  });

  it('until something says stop; what has begun is brought to its end', async () => {
    const stop = new Stop();
    const ended: number[] = [];
    const work = async ({ line }: { readonly line: number }) => {
      await turn();
      if (line === 2) stop.because('failures');
      await turn();
      ended.push(line);
    };
    const end = await runRows(rows(20), work, { concurrency: 3, stop });
    expect(end).toEqual({ lastLine: 3, complete: false });
    expect(ended.sort()).toEqual([1, 2, 3]);
  });

  it('and not cut short by a stop that comes after the last', async () => {
    const stop = new Stop();
    const work = async () => stop.because('interrupted');
    const end = await runRows(rows(1), work, { concurrency: 1, stop });
    expect(end).toEqual({ lastLine: 1, complete: true });
  });

  it('even when no more of them come', async () => {
    const stop = new Stop();
    const silent = async function* () {
      yield { line: 1 };
      await new Promise((_, reject) => {
        stop.signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    };
    const work = async () => {
      await turn();
      stop.because('interrupted');
    };
    const end = await runRows(silent(), work, { concurrency: 2, stop });
    expect(end).toEqual({ lastLine: 1, complete: false });
  });

  it('to their end before a failure to read more is told', async () => {
    const broken = async function* () {
      yield { line: 1 };
      throw new Error('broken');
    };
    let ended = false;
    const work = async () => {
      await turn();
      ended = true;
    };
    const end = runRows(broken(), work, { concurrency: 2, stop: new Stop() });
    await expect(end).rejects.toThrow('broken');
    expect(ended).toBe(true);
  });
});

it('keeps the first reason to stop', () => {
  const stop = new Stop();
  expect(stop.reason).toBeNull();
  stop.because('failures');
  stop.because('interrupted');
  expect(stop.reason).toBe('failures');
  expect(stop.signal.aborted).toBe(true);
});
