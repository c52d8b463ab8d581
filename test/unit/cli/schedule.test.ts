import { describe, expect, it } from 'vitest';
import type { OperationSchedule } from '../../../src/client/schedules.js';
import { renderSchedules, rhythmText } from '../../../src/cli/render/schedules.js';
import { recurringOf } from '../../../src/cli/schedule/asked.js';
import { nextTime, rhythmOf } from '../../../src/cli/schedule/rhythm.js';
import { ago, view } from './fixture.js';

const REQUEST = { account: 'main', requestedBy: 'ops' };
const every = '1d';

describe('what a schedule is asked for', () => {
  it.each([
    [{ backup: 'shop.example.com' }, { kind: 'backup', input: { site: 'shop.example.com' } }],
    [{ backup: 'shop' }, { kind: 'backup', input: { site: 'shop.frappe.cloud' } }],
    [{ backupAll: true }, { kind: 'backup-all', input: REQUEST }],
    [
      { check: 'upgrade', site: 'shop' } as const,
      { kind: 'upgrade', input: { site: 'shop.frappe.cloud', dryRun: true } },
    ],
  ])('%j', (options, wanted) => {
    expect(recurringOf({ every, ...options }, REQUEST, 'frappe.cloud')).toMatchObject(wanted);
  });

  it.each([
    [{}, /give one of/],
    [{ backup: 'shop.example.com', backupAll: true }, /give one of/],
    [{ check: 'upgrade' } as const, /needs the --site/],
    [{ backupAll: true, site: 'shop.example.com' }, /needs the --site/],
  ])('but not %j', (options, reason) => {
    expect(() => recurringOf({ every, ...options }, REQUEST)).toThrow(reason);
  });
});

describe('the rhythm of a schedule', () => {
  /** A Saturday. */
  const NOW = new Date('2026-11-21T10:00:00Z');

  it.each([
    [{ every: '6h' }, 'every 6h from 00:00 UTC', '2026-11-21T12:00'],
    [{ every: '6h', at: '14:30' }, 'every 6h from 02:30 UTC', '2026-11-21T14:30'],
    [{ every: '7h', at: '02:30' }, 'every 7h', '2026-11-21T12:30'],
    [{ every, at: '02:30' }, 'every 1d at 02:30 UTC', '2026-11-22T02:30'],
    [{ every, at: '24:00' }, 'every 1d at 00:00 UTC', '2026-11-22T00:00'],
    [{ every: '3d', at: '02:30' }, 'every 3d at 02:30 UTC', '2026-11-22T02:30'],
    [{ every: '3d', at: '10:30' }, 'every 3d at 10:30 UTC', '2026-11-21T10:30'],
    [{ every: '36h', at: '12:00' }, 'every 36h', '2026-11-21T12:00'],
    [{ every: '7d' }, 'every 7d on Sundays at 00:00 UTC', '2026-11-22T00:00'],
    [{ every: '7d', at: '22:00' }, 'every 7d on Saturdays at 22:00 UTC', '2026-11-21T22:00'],
    [
      { every: '7d', on: 'mon', at: '03:00' },
      'every 7d on Mondays at 03:00 UTC',
      '2026-11-23T03:00',
    ],
    [
      { every: '7d', on: 'sat', at: '10:00' },
      'every 7d on Saturdays at 10:00 UTC',
      '2026-11-28T10:00',
    ],
    [{ every: '14d', on: 'thu' }, 'every 14d on Thursdays at 00:00 UTC', '2026-11-26T00:00'],
    [{ every: '28d', on: 'fri' }, 'every 28d on Fridays at 00:00 UTC', '2026-11-27T00:00'],
  ] as const)('%j', (options, text, next) => {
    const rhythm = rhythmOf(options, NOW);
    expect(rhythm.offsetMs).toBeLessThan(rhythm.everyMs);
    expect(rhythmText(rhythm)).toBe(text);
    expect(nextTime(rhythm, NOW)).toEqual(new Date(`${next}:00Z`));
  });

  it('is counted by Temporal from the epoch, a Thursday', () => {
    expect(rhythmOf({ every: '7d', on: 'mon', at: '03:00' }, NOW)).toEqual({
      everyMs: 7 * 86_400_000,
      offsetMs: 4 * 86_400_000 + 3 * 3_600_000,
    });
  });

  it.each([
    [{ every: 'daily' }, /duration/],
    [{ every, at: '2am' }, /02:30/],
    [{ every, on: 'mon' }, /whole weeks/],
    [{ every: '10d', on: 'mon' }, /whole weeks/],
  ] as const)('is not %j', (options, reason) => {
    expect(() => rhythmOf(options, NOW)).toThrow(reason);
  });
});

describe('the list of schedules', () => {
  const nightly: OperationSchedule = {
    name: 'nightly',
    what: 'backup-all main',
    requestedBy: 'ops',
    everyMs: 86_400_000,
    offsetMs: 9_000_000,
    paused: false,
    note: null,
    nextAt: '2026-11-21T02:30:00.000Z',
    last: {
      at: ago(600),
      endedAt: ago(60),
      workflowId: 'backUpSites:main:nightly-2026-11-20T02:30:00Z',
      outcome: 'incomplete',
      detail: 'backed up 12, failed 2',
      ok: false,
    },
  };

  it('tells what comes and what was', () => {
    expect(renderSchedules([nightly], view)).toEqual([
      'nightly  backup-all main, every 1d at 02:30 UTC, by ops',
      '  next in 4 h 30 min (21 Nov 02:30)',
      '  last 10 min ago, incomplete: backed up 12, failed 2 (backUpSites:main:nightly-2026-11-20T02:30:00Z)',
    ]);
  });

  it.each([
    [{ outcome: 'under_way', detail: 'waiting approval', ok: null }, 'under way: waiting approval'],
    [{ outcome: 'succeeded', detail: null, ok: true }, 'succeeded'],
  ])('tells how the last time went: %j', (change, text) => {
    const last = { at: ago(600), endedAt: null, workflowId: 'backup:a.b:nightly-1', ...change };
    expect(renderSchedules([{ ...nightly, last }], view).at(-1)).toBe(
      `  last 10 min ago, ${text} (backup:a.b:nightly-1)`,
    );
  });

  it('tells why one is paused', () => {
    const paused = { ...nightly, paused: true, note: 'paused by kim', last: null };
    expect(renderSchedules([paused], view).slice(1)).toEqual(['  paused by kim', '  never begun']);
    expect(renderSchedules([], view)).toMatchObject([expect.stringMatching(/^No schedules/)]);
  });
});
