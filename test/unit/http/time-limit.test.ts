import { setFlagsFromString } from 'node:v8';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { withinTime } from '../../../src/http/time-limit.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Ends with its signal and nothing else, as a call does that gets no answer. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => resolve('given up'), { once: true });
  });

it('fires although nobody holds on to it: memory is cleaned up meanwhile', async () => {
  const waiting = Promise.all(
    [300, 500, 700].map((ms) => withinTime(ms, new AbortController().signal, untilAborted)),
  );
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
    collectGarbage();
  }
  await expect(waiting).resolves.toEqual(['given up', 'given up', 'given up']);
});

it('fires when the caller gives up, now or before', async () => {
  const caller = new AbortController();
  const waiting = withinTime(60_000, caller.signal, untilAborted);
  caller.abort();
  await expect(waiting).resolves.toBe('given up');
  const seen = withinTime(60_000, caller.signal, (signal) => Promise.resolve(signal.aborted));
  await expect(seen).resolves.toBe(true);
});
