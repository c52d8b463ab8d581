import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fasterTiming,
  pollDelay,
  PRODUCTION_TIMING,
  type TimingProfile,
} from '../../../src/domain/timing.js';

const { pollFirst, pollMax, pollMaxLate } = PRODUCTION_TIMING;
const LATE = pollMax * 15 + 1;
const jitter = () => fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const delay = (n: number, waited = 0, at = 0.5) => pollDelay(PRODUCTION_TIMING, n, waited, at);

describe('the distance between two looks at a job', () => {
  it('begins with the cadence of Press itself', () => expect(delay(0)).toBe(pollFirst));

  it('grows, and stays at two minutes in the first half hour', () => {
    const delays = Array.from({ length: 12 }, (_, n) => delay(n));
    expect(delays.slice(0, 4)).toEqual([5_000, 8_000, 12_800, 20_480]);
    expect(delays.slice(-3)).toEqual([pollMax, pollMax, pollMax]);
  });

  it('is ten minutes for what takes longer', () => expect(delay(50, LATE)).toBe(pollMaxLate));

  it('is whole, never outside its bounds, and spread by 10 % at most', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(1e9), jitter(), (n, waited, at) => {
        const spread = delay(n, waited, at);
        expect(Number.isInteger(spread)).toBe(true);
        expect(spread).toBeGreaterThanOrEqual(pollFirst * 0.9);
        expect(spread).toBeLessThanOrEqual((waited < LATE ? pollMax : pollMaxLate) * 1.1);
        expect(Math.abs(spread - delay(n, waited))).toBeLessThanOrEqual(delay(n, waited) * 0.1 + 1);
      }),
    );
  });

  it('never shrinks from one look to the next', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(1e8), fc.nat(1e8), jitter(), (n, waited, more, at) => {
        expect(delay(n + 1, waited + more, at)).toBeGreaterThanOrEqual(delay(n, waited, at));
      }),
    );
  });
});

describe('a faster profile', () => {
  it('has every duration of the other, divided, and the same growth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (factor) => {
        const faster = fasterTiming(PRODUCTION_TIMING, factor);
        expect(Object.keys(faster)).toEqual(Object.keys(PRODUCTION_TIMING));
        expect(faster.pollFactor).toBe(PRODUCTION_TIMING.pollFactor);
        for (const name of Object.keys(faster) as (keyof TimingProfile)[]) {
          if (name === 'pollFactor') continue;
          const exact = PRODUCTION_TIMING[name] / factor;
          expect(faster[name]).toBe(Math.max(50, Math.round(exact)));
        }
      }),
    );
  });

  it('looks as often as the other does, where both clocks run equally fast', () => {
    const faster = fasterTiming(PRODUCTION_TIMING, 50);
    fc.assert(
      fc.property(fc.nat(50), fc.nat(1e8), jitter(), (n, waited, at) => {
        const slow = pollDelay(PRODUCTION_TIMING, n, waited, at);
        expect(pollDelay(faster, n, waited / 50, at)).toBeCloseTo(slow / 50, -1);
      }),
    );
  });
});
