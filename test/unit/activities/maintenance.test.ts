import { describe, expect, it } from 'vitest';
import { beginning, nextStart } from '../../../src/activities/maintenance.js';
import type { MaintenancePolicy } from '../../../src/domain/policy.js';

const HOUR = 60;
const at = (iso: string) => Date.parse(iso);
const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());

/** Weekend nights, on the clocks of Berlin. */
const policy = (change: Partial<MaintenancePolicy> = {}): MaintenancePolicy => ({
  timeZone: 'Europe/Berlin',
  windows: [{ days: [6, 0], from: 22 * HOUR, to: 4 * HOUR }],
  freezes: [],
  ...change,
});

describe('the next start', () => {
  it.each([
    ['before a window', '2026-11-20T10:00:00Z', '2026-11-21T21:00:00.000Z'],
    ['in a window', '2026-11-21T22:30:15Z', '2026-11-21T22:30:15.000Z'],
    ['in the part after midnight', '2026-11-23T02:59:00Z', '2026-11-23T02:59:00.000Z'],
    ['at the end of a window', '2026-11-23T03:00:00Z', '2026-11-28T21:00:00.000Z'],
    ['between two windows', '2026-11-22T12:00:00Z', '2026-11-22T21:00:00.000Z'],
    ['after the clocks went forward', '2026-03-29T12:00:00Z', '2026-03-29T20:00:00.000Z'],
    ['before the clocks go back', '2026-10-24T12:00:00Z', '2026-10-24T20:00:00.000Z'],
    ['after the clocks went back', '2026-10-25T12:00:00Z', '2026-10-25T21:00:00.000Z'],
  ])('%s', (_, from, start) => {
    expect(iso(nextStart(policy(), at(from)))).toBe(start);
  });

  it('is now where there are no windows', () => {
    const now = at('2026-11-20T10:00:00Z');
    expect(nextStart(policy({ windows: [] }), now)).toBe(now);
  });

  it('is outside freezes, also those that follow each other', () => {
    const freezes = [
      { from: '2026-11-20T00:00:00Z', to: '2026-11-21T22:00:00Z', reason: 'sale' },
      { from: '2026-11-21T21:30:00Z', to: '2026-12-24T00:00:00Z', reason: 'more sale' },
    ];
    const start = nextStart(policy({ freezes }), at('2026-11-20T10:00:00Z'));
    expect(iso(start)).toBe('2026-12-26T21:00:00.000Z');
  });

  it('is in a window that lasts all day, and in none that never comes', () => {
    const allDay = [{ days: [3], from: 0, to: 24 * HOUR }];
    const start = nextStart(
      policy({ windows: allDay, timeZone: 'UTC' }),
      at('2026-11-20T10:00:00Z'),
    );
    expect(iso(start)).toBe('2026-11-25T00:00:00.000Z');
    const never = [{ days: [], from: 0, to: 60 }];
    expect(nextStart(policy({ windows: never }), at('2026-11-20T10:00:00Z'))).toBeNull();
  });
});

describe('when an operation begins', () => {
  const now = at('2026-11-20T10:00:00Z');
  const moment = now;

  it('at once, windows or not: they are for who asks for one', () => {
    expect(beginning(policy(), undefined, moment)).toEqual({
      check: { name: 'begins', result: 'pass', detail: 'at once' },
    });
  });

  it('in the next window', () => {
    expect(beginning(policy(), 'window', moment)).toMatchObject({
      notBefore: '2026-11-21T21:00:00.000Z',
      check: { result: 'pass', detail: '2026-11-21T21:00:00.000Z, in the next maintenance window' },
    });
  });

  it('at its time; one that has passed is now', () => {
    expect(beginning(policy(), '2026-11-20T13:00:00+01:00', moment).notBefore).toBe(
      '2026-11-20T12:00:00.000Z',
    );
    expect(beginning(policy(), '2026-11-20T09:00:00Z', moment).notBefore).toBeUndefined();
  });

  it('in the next window, when it gets the lock after its own', () => {
    expect(beginning(policy(), 'window', at('2026-11-23T05:00:00Z')).notBefore).toMatch(
      /^2026-11-2/,
    );
    const inTime = at('2026-11-22T22:00:00Z');
    expect(beginning(policy(), 'window', inTime).notBefore).toBeUndefined();
  });

  it.each([undefined, '2026-11-21T00:00:00Z'])('not in a freeze (at: %s)', (asked) => {
    const freezes = [{ from: '2026-11-20T09:00:00Z', to: '2026-11-22T00:00:00Z', reason: 'sale' }];
    expect(beginning(policy({ freezes }), asked, moment).check).toMatchObject({
      result: 'fail',
      detail: 'policy freezes all work until 2026-11-22T00:00:00Z: sale',
    });
  });
});
