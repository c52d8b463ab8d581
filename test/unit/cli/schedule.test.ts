import { describe, expect, it } from 'vitest';
import type { OperationSchedule } from '../../../src/client/schedules.js';
import { renderSchedules } from '../../../src/cli/render/schedules.js';
import { recurringOf, rhythmOf } from '../../../src/cli/schedule/asked.js';
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

  it('has a rhythm', () => {
    expect(rhythmOf({ every: '6h' })).toEqual({ everyMs: 21_600_000, offsetMs: 0 });
    expect(rhythmOf({ every, at: '02:30' })).toEqual({ everyMs: 86_400_000, offsetMs: 9_000_000 });
    expect(() => rhythmOf({ every: 'daily' })).toThrow(/duration/);
    expect(() => rhythmOf({ every, at: '2am' })).toThrow(/02:30/);
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
    last: { at: ago(600), workflowId: 'backUpSites:main:nightly-2026-11-20T02:30:00Z' },
  };

  it('tells what comes and what was', () => {
    expect(renderSchedules([nightly], view)).toEqual([
      'nightly  backup-all main, every 1d at 02:30 UTC, by ops',
      '  next 2026-11-21T02:30:00.000Z',
      '  last 10 min ago: backUpSites:main:nightly-2026-11-20T02:30:00Z',
    ]);
  });

  it('tells why one is paused', () => {
    const paused = { ...nightly, paused: true, note: 'paused by kim', last: null };
    expect(renderSchedules([paused], view).slice(1)).toEqual(['  paused by kim', '  never begun']);
    expect(renderSchedules([], view)).toMatchObject([expect.stringMatching(/^No schedules/)]);
  });
});
