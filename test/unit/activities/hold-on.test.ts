import { expect, it } from 'vitest';
import { holdOn } from '../../../src/activities/maplepress/hold-on.js';
import { LedgerUnavailable } from '../../../src/ledger/index.js';

const timing = { proofInterval: 30 };

/** Of an attempt that goes on. */
const WANTED = new AbortController().signal;

/** Fails so many times; tells how often it was tried. */
function storing(failures: number, error: Error = new LedgerUnavailable('away')) {
  const seen = { tries: 0 };
  const store = () => {
    seen.tries += 1;
    return seen.tries <= failures ? Promise.reject(error) : Promise.resolve();
  };
  return { store, seen };
}

it('stores what a ledger that is away for a moment did not take', async () => {
  const { store, seen } = storing(3);
  await holdOn(timing, WANTED, store);
  expect(seen.tries).toBe(4);
});

it('gives up in the end', async () => {
  const { store, seen } = storing(Infinity);
  await expect(holdOn(timing, WANTED, store)).rejects.toThrow(LedgerUnavailable);
  expect(seen.tries).toBeGreaterThan(1);
});

it('does not repeat what another time makes no better', async () => {
  const { store, seen } = storing(Infinity, new Error('a defect'));
  await expect(holdOn(timing, WANTED, store)).rejects.toThrow('a defect');
  expect(seen.tries).toBe(1);
});

it('stores nothing any more once the attempt was given up', async () => {
  const attempt = new AbortController();
  const { store, seen } = storing(1);
  const stored = holdOn(timing, attempt.signal, store);
  attempt.abort();
  await expect(stored).rejects.toThrow(LedgerUnavailable);
  expect(seen.tries).toBe(1);
});
