import { offsiteBackup } from '../safety-copy/support.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withMove } from '../../matrix/upgrade/common.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, eventually, onJob, siteIn } from '../provision/support.js';
import { PATIENT, anActiveSite, BACK, BACK_ON, failsAt, startUpgrade, THERE } from './support.js';

const FREE = [{ name: 'all', when: {}, approval: 'none' }] as const;
const DAILY = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 24 * 60 };
/** On the other side of the week. */
const farAway = () => ({ ...DAILY, days: [(new Date().getUTCDay() + 3) % 7] });

describe('people and an upgrade', () => {
  let harness: Harness;
  const maintenance = { timeZone: 'UTC', windows: [DAILY], freezes: [] };
  beforeAll(async () => {
    const policy = { upgrade: FREE, maintenance };
    harness = await startHarness({ speed: 400, timing: PATIENT, policy });
  });
  afterAll(() => harness.close());

  const effectOf = (site: string, effect: string) =>
    eventually(() => effectsOn(harness, site).includes(effect));

  it.concurrent('nobody can cancel it once it has begun', async () => {
    const site = await anActiveSite(harness);
    harness.simulator.addFault(onJob(site, THERE, { kind: 'slow', factor: 5 }));
    const workflowId = await startUpgrade(harness, site);
    await effectOf(site, 'upgrade.create');
    expect(await harness.client.cancel(workflowId, { by: 'kim' })).toEqual({
      accepted: false,
      reason: 'the point of no return has been passed',
    });
    await endOf(harness, workflowId, 'succeeded');
  });

  it.concurrent(
    'a move that somebody has planned meanwhile is in the way of a restore',
    async () => {
      const site = await anActiveSite(harness);
      harness.simulator.addFault(failsAt(site, THERE, 'Backup Site Tables'));
      harness.simulator.addFault(failsAt(site, BACK_ON, 0));
      const workflowId = await startUpgrade(harness, site);
      await effectOf(site, 'upgrade.create');
      harness.simulator.addFault({ ...withMove(site), times: 1 });
      const asked = await harness.until(workflowId, ({ state }) => state === 'needs_human');
      expect(asked.problem?.message).toMatch(/moves wait, cancel them first: Move Site/);
      expect(asked.choices).toEqual(['retry', 'abandon']);
      await harness.client.resolve(workflowId, 'retry', { by: 'ops' });
      await endOf(harness, workflowId, 'rolled_back');
      expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: 'bench-0002' });
    },
  );

  it.concurrent('see where a site stands that cannot go back', async () => {
    const site = await anActiveSite(harness);
    harness.simulator.addFault(failsAt(site, THERE, 'Migrate Site'));
    harness.simulator.addFault(failsAt(site, BACK, 'Move Site'));
    const workflowId = await startUpgrade(harness, site);
    const asked = await harness.until(workflowId, ({ state }) => state === 'needs_human');
    expect(asked.problem?.message).toMatch(/stands on the new bench.*Version 15/);
    expect(asked.choices).toEqual(['restore_forward', 'rebuild', 'retry', 'abandon']);
    expect(asked.problem?.evidence).toMatchObject({ status: 'Broken', group: 'bench-0001' });
    await harness.client.resolve(workflowId, 'restore_forward', { by: 'ops' });
    const { exceptions, details } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(exceptions).toEqual([
      'restore: patches that failed were left out',
      expect.stringMatching(/restored on the new bench, because upgrade failed in "Migrate Site"/),
    ]);
    expect(details).toMatchObject({ version: 'Version 15', status: 'Active' });
    expect(details['safetyCopy']).toBeTruthy();
  });

  it.concurrent(
    'wait for the next window, without the lock, when this one has closed',
    async () => {
      const site = await anActiveSite(harness);
      const first = await harness.client.start('migrate', {
        account: 'main',
        requestedBy: 'ops',
        site,
      });
      await effectOf(site, 'backup.create');
      const workflowId = await startUpgrade(harness, site, { at: 'window' });
      await harness.until(workflowId, ({ state }) => state === 'queued');
      maintenance.windows = [farAway()];
      await endOf(harness, first.workflowId, 'succeeded');
      const waiting = await harness.until(workflowId, ({ waiting: w }) => w?.what === 'its time');
      expect(waiting.plan?.refusal).toBeNull();
      maintenance.windows = [DAILY];
      await harness.client.cancel(workflowId, { by: 'kim' });
      await endOf(harness, workflowId, 'cancelled');
      expect(effectsOn(harness, site)).not.toContain('upgrade.create');
    },
  );

  it.concurrent('can have it begin later', async () => {
    const site = await anActiveSite(harness);
    const at = new Date(Date.now() + 4_000).toISOString();
    const workflowId = await startUpgrade(harness, site, { at });
    const waiting = await harness.until(workflowId, ({ waiting: w }) => w?.what === 'its time');
    expect(waiting.plan?.notBefore).toBe(at);
    expect(effectsOn(harness, site)).toEqual(['site.create']);
    await endOf(harness, workflowId, 'succeeded');
    expect(Date.now()).toBeGreaterThan(Date.parse(at));
  });
});

describe('an Inactive site', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, timing: PATIENT });
  });
  afterAll(() => harness.close());

  const anInactiveSite = async (withBackup: boolean): Promise<string> => {
    const site = await anActiveSite(harness);
    if (withBackup) await offsiteBackup(harness, site);
    const call = { dt: 'Site', dn: site, method: 'deactivate', args: {} };
    await harness.press('main', 'press.api.client.run_doc_method', call);
    return site;
  };

  const approved = async (site: string, acknowledges: readonly string[]): Promise<string> => {
    const workflowId = await startUpgrade(harness, site);
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    await harness.client.approve(workflowId, { by: 'kim', reason: 'it is a test', acknowledges });
    return workflowId;
  };

  it.concurrent('comes to the next version and stays Inactive', async () => {
    const site = await anInactiveSite(false);
    const workflowId = await approved(site, ['no-safety-copy-at-all']);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ version: 'Version 15', status: 'Inactive' });
  });

  it.concurrent('is restored from an older copy, and switched off again', async () => {
    const site = await anInactiveSite(true);
    harness.simulator.addFault(failsAt(site, THERE, 'Migrate Site'));
    harness.simulator.addFault(failsAt(site, BACK, 'Restore Touched Tables'));
    const workflowId = await approved(site, ['no-copy-of-today']);
    await endOf(harness, workflowId, 'rolled_back');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Inactive', group: 'bench-0002' });
  });
});
