import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recurring } from '../../../src/client/recurring.js';
import { Schedules } from '../../../src/client/schedules.js';
import type { FleetBackups } from '../../../src/domain/fleet-backups.js';
import { InvalidInput, NotFound } from '../../../src/errors.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, eventually, onJob } from '../provision/support.js';
import { backupsOf, copyOf, liveSite, onBackup } from '../safety-copy/support.js';
import { PATIENT } from '../upgrade/support.js';

const DAILY = { everyMs: 86_400_000, offsetMs: 9_000_000 };
const REQUEST = { account: 'main', requestedBy: 'ops' } as const;

let harness: Harness;
let schedules: Schedules;
beforeAll(async () => {
  harness = await startHarness();
  schedules = new Schedules(harness.client.temporal);
});
afterAll(() => harness.close());

const make = (name: string, recurring: Recurring) => schedules.create(name, recurring, DAILY);

/** Waits until a schedule has begun something; the workflow id of that. */
async function begun(name: string): Promise<string> {
  let workflowId = '';
  await eventually(async () => {
    const found = (await schedules.list()).find((schedule) => schedule.name === name);
    workflowId = found?.last?.workflowId ?? '';
    return workflowId !== '';
  });
  return workflowId;
}

describe('a schedule', () => {
  it('begins backups that are operations like any other', async () => {
    const site = await liveSite(harness);
    await make('shop-nightly', { kind: 'backup', input: { ...REQUEST, site } });
    await schedules.run('shop-nightly');
    const workflowId = await begun('shop-nightly');
    expect(workflowId).toMatch(new RegExp(`^backup:${site}:shop-nightly-\\d{4}-`));
    const { operationId } = await endOf(harness, workflowId, 'succeeded');
    expect(operationId).toMatch(/^shop-nightly-\d{4}-\d\d-\d\dT\d{6}Z$/);
    expect((await copyOf(harness, site)).operationId).toBe(operationId);
    expect(await harness.client.status(operationId)).toMatchObject({ state: 'succeeded', site });
  });

  it('is not begun while its last time is under way, and says what is', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onJob(site, 'Backup Site', { kind: 'slow', factor: 20 }));
    await make('slow-one', { kind: 'backup', input: { ...REQUEST, site, keep: 'press' } });
    expect(await schedules.run('slow-one')).toBeNull();
    const workflowId = await begun('slow-one');
    expect(await schedules.run('slow-one')).toBe(workflowId);
    await harness.client.cancel(workflowId, { by: 'ops' });
    await harness.client.wait(workflowId);
    expect(await begun('slow-one')).toBe(workflowId);
  });

  it('checks what would be possible, and touches nothing', async () => {
    const site = await liveSite(harness);
    await make('may-we-upgrade', { kind: 'upgrade', input: { ...REQUEST, site, dryRun: true } });
    await schedules.run('may-we-upgrade');
    await endOf(harness, await begun('may-we-upgrade'), 'planned');
    expect(backupsOf(harness, site)).toEqual([]);
  });

  it('is listed, paused, resumed and deleted', async () => {
    const site = await liveSite(harness);
    await make('weekly', { kind: 'backup', input: { ...REQUEST, site, keep: 'press' } });
    const listed = async () => (await schedules.list()).find(({ name }) => name === 'weekly');
    await eventually(async () => (await listed()) !== undefined);
    expect(await listed()).toMatchObject({
      what: `backup ${site}`,
      requestedBy: 'ops',
      ...DAILY,
      paused: false,
      last: null,
    });
    const next = new Date((await listed())?.nextAt ?? '');
    expect([next.getUTCHours(), next.getUTCMinutes()]).toEqual([2, 30]);

    await schedules.pause('weekly', { by: 'kim', reason: 'moving house' });
    await eventually(async () => (await listed())?.paused === true);
    expect(await listed()).toMatchObject({ note: 'paused by kim: moving house', nextAt: null });
    await schedules.resume('weekly', { by: 'kim' });
    await eventually(async () => (await listed())?.paused === false);
    await schedules.delete('weekly');
    await eventually(async () => (await listed()) === undefined);
    await expect(schedules.run('weekly')).rejects.toThrow(NotFound);
  });

  it('is refused when it could start nothing', async () => {
    const input = { ...REQUEST, site: 'shop.example.com' };
    await expect(make('Not A Name', { kind: 'backup', input })).rejects.toThrow(/small letters/);
    const wrong = { ...input, requestedBy: 'ops@example.com' };
    await expect(make('wrong-input', { kind: 'backup', input: wrong })).rejects.toThrow(
      InvalidInput,
    );
    const often = { everyMs: 60_000, offsetMs: 0 };
    const asked: Recurring = { kind: 'backup', input };
    await expect(schedules.create('often', asked, often)).rejects.toThrow(/ten minutes/);
    const late = { everyMs: 3_600_000, offsetMs: 7_200_000 };
    await expect(schedules.create('late', asked, late)).rejects.toThrow(/period/);
    await make('taken', asked);
    await expect(make('taken', asked)).rejects.toThrow(/there is a schedule taken already/);
    await schedules.delete('taken');
  });
});

describe('a schedule of all sites', () => {
  it('backs each up by an operation of its own, and counts what failed', async () => {
    const own = await startHarness();
    try {
      const sites = [await liveSite(own), await liveSite(own), await liveSite(own)];
      const [first = ''] = [...sites].sort();
      own.simulator.addFault(onBackup(first, { kind: 'fail_step', step: 0 }, 2));
      const all = new Schedules(own.client.temporal);
      await all.create('nightly', { kind: 'backup-all', input: REQUEST }, DAILY);
      await all.run('nightly');
      let round = '';
      await eventually(async () => {
        round = (await all.list())[0]?.last?.workflowId ?? '';
        return round !== '';
      });
      expect(round).toMatch(/^backUpSites:main:nightly-/);
      const report = (await own.client.temporal.workflow.getHandle(round).result()) as FleetBackups;
      expect(report).toMatchObject({ backedUp: 2, failed: 1 });
      expect(report.failures).toMatchObject([
        expect.stringMatching(new RegExp(`^${first}: needs a person \\(operation nightly-`)),
      ]);
      // It waits for a person beside the round, which has ended without it.
      const asked = await own.client.list({ needsAttention: true });
      expect(asked).toMatchObject([{ site: first, state: 'needs_human' }]);
      for (const site of sites.filter((name) => name !== first)) await copyOf(own, site);
    } finally {
      await own.close();
    }
  });

  it('goes on as a new run after a page of sites, and misses none', async () => {
    const own = await startHarness({ speed: 400, timing: PATIENT });
    try {
      const sites = await Promise.all(Array.from({ length: 51 }, () => liveSite(own)));
      const handle = await own.client.temporal.workflow.start('backUpSites', {
        taskQueue: 'sitewright',
        workflowId: 'backUpSites:main:nightly-2026-11-21T02:30:00Z',
        args: [REQUEST],
      });
      const first = await handle.describe();
      expect(await handle.result()).toEqual({ backedUp: 51, failed: 0, failures: [] });
      expect((await handle.describe()).runId).not.toBe(first.runId);
      const rounds = await Promise.all(sites.map((site) => copyOf(own, site)));
      const ids = rounds.map(({ operationId }) => operationId);
      expect(new Set(ids).size).toBe(51);
      expect(ids).toContain('nightly-2026-11-21T023000Z-51');
    } finally {
      await own.close();
    }
  });
});
