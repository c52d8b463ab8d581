import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LastRun } from '../../../src/client/last-run.js';
import type { Recurring } from '../../../src/client/recurring.js';
import { Schedules } from '../../../src/client/schedules.js';
import { nextTime, rhythmOf } from '../../../src/cli/schedule/rhythm.js';
import { InvalidInput, NotFound } from '../../../src/errors.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, eventually, onJob } from '../provision/support.js';
import { backupsOf, copyOf, liveSite, switchOff } from '../safety-copy/support.js';
import { begun as begunOf, DAILY, lastOf, REQUEST } from './support.js';

let harness: Harness;
let schedules: Schedules;
beforeAll(async () => {
  harness = await startHarness();
  schedules = new Schedules(harness.client);
});
afterAll(() => harness.close());

const make = (name: string, recurring: Recurring) => schedules.create(name, recurring, DAILY);

const begun = (name: string) => begunOf(schedules, name);

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
    const last = await lastOf(schedules, 'shop-nightly', ({ endedAt }) => endedAt !== null);
    expect(last).toMatchObject({ workflowId, outcome: 'succeeded', detail: null, ok: true });
    expect(last.at <= (last.endedAt ?? '')).toBe(true);
  });

  it('tells how its last time went when that came to nothing', async () => {
    const site = await liveSite(harness);
    await switchOff(harness, site);
    await make('nothing', { kind: 'backup', input: { ...REQUEST, site } });
    await schedules.run('nothing');
    const last = await lastOf(schedules, 'nothing', ({ endedAt }) => endedAt !== null);
    expect(last).toMatchObject({ outcome: 'refused', ok: false });
    expect(last.detail).toMatch(/it is Inactive and hands out no files/);
    const told = harness.notifications.filter((each) => each.site === site);
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^begun by schedule .*nothing, ended refused: .*Inactive/),
    ]);
  });

  it('is not begun while its last time is under way, and says what is', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onJob(site, 'Backup Site', { kind: 'slow', factor: 20 }));
    await make('slow-one', { kind: 'backup', input: { ...REQUEST, site, keep: 'press' } });
    expect(await schedules.run('slow-one')).toBeNull();
    const workflowId = await begun('slow-one');
    expect(await schedules.run('slow-one')).toBe(workflowId);
    const working = ({ detail }: LastRun) => detail === 'running';
    expect(await lastOf(schedules, 'slow-one', working)).toMatchObject({
      outcome: 'under_way',
      ok: null,
      endedAt: null,
    });
    await harness.client.cancel(workflowId, { by: 'ops' });
    await harness.client.wait(workflowId);
    expect(await lastOf(schedules, 'slow-one', ({ endedAt }) => endedAt !== null)).toMatchObject({
      workflowId,
      outcome: 'cancelled',
      ok: false,
    });
  });

  it('tells of a run that Temporal has ended', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault(onJob(site, 'Backup Site', { kind: 'slow', factor: 20 }));
    await make('ended', { kind: 'backup', input: { ...REQUEST, site, keep: 'press' } });
    await schedules.run('ended');
    const workflowId = await begun('ended');
    await harness.client.temporal.workflow.getHandle(workflowId).terminate('a test');
    expect(await lastOf(schedules, 'ended', ({ endedAt }) => endedAt !== null)).toMatchObject({
      outcome: 'terminated',
      ok: false,
    });
  });

  it('begins when its rhythm says', async () => {
    const input = { ...REQUEST, site: 'shop.example.com' };
    const now = new Date();
    const rhythm = rhythmOf({ every: '14d', on: 'mon', at: '03:00' }, now);
    await schedules.create('mondays', { kind: 'backup', input }, rhythm);
    let nextAt: string | null = null;
    await eventually(async () => {
      nextAt = (await schedules.list()).find(({ name }) => name === 'mondays')?.nextAt ?? null;
      return nextAt !== null;
    });
    expect(nextAt).toBe(nextTime(rhythm, now).toISOString());
    await schedules.delete('mondays');
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
    await expect(
      make('nobodys', { kind: 'backup', input: { ...input, account: 'nobody' } }),
    ).rejects.toThrow(/account: "nobody" is not configured; there is main, other/);
    await expect(
      make('nobodys', { kind: 'backup-all', input: { ...REQUEST, account: 'nobody' } }),
    ).rejects.toThrow(InvalidInput);
    await expect(schedules.delete('nobodys')).rejects.toThrow(NotFound);
    await make('taken', asked);
    await expect(make('taken', asked)).rejects.toThrow(/there is a schedule taken already/);
    await schedules.delete('taken');
  });
});
