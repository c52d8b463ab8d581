import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, eventually, siteIn } from '../provision/support.js';
import { backupsOf, onBackup, switchOff } from '../safety-copy/support.js';
import { backedUpSite, dataOf, startRestore } from './support.js';

describe('what a restore asks for', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400 });
  });
  afterAll(() => harness.close());

  const waiting = (workflowId: string) =>
    harness.until(workflowId, ({ state }) => state === 'waiting_approval');

  it.concurrent('tells approvers what is lost, and what happens', async () => {
    const { site, backup, before } = await backedUpSite(harness);
    const workflowId = await startRestore(harness, site, { backup });
    const { plan } = await waiting(workflowId);
    expect(plan?.summary).toBe(
      `backup ${backup} of ${site} · database, public, private, config · Version 15`,
    );
    expect(plan?.material.mayLose).toEqual([
      expect.stringMatching(/^everything written to the database since \d{4}-/),
      'public files that are overwritten',
      'private files that are overwritten',
      "sessions, and an Administrator's password that was set on the site itself",
    ]);
    expect(plan?.material.steps.map(({ name }) => name)).toEqual([
      'backup',
      'safety copy',
      'restore',
      're-sync',
      'verify',
    ]);
    expect(plan?.material.pointOfNoReturn).toBe('restore');
    expect(await harness.client.approve(workflowId, { by: 'kim' })).toMatchObject({
      accepted: true,
    });
    await endOf(harness, workflowId, 'succeeded');
    expect(dataOf(harness, site)).toEqual(before);
  });

  it.concurrent('has it acknowledged that there is no copy of today', async () => {
    const { site, backup } = await backedUpSite(harness);
    await switchOff(harness, site);
    const workflowId = await startRestore(harness, site, { backup });
    const { approval } = await waiting(workflowId);
    expect(approval?.rule.acknowledge).toEqual(['no-copy-of-today']);
    const silent = await harness.client.approve(workflowId, { by: 'kim' });
    expect(silent.accepted).toBe(false);
    expect(silent.reason).toMatch(/acknowledge/);
    await harness.client.approve(workflowId, { by: 'kim', acknowledges: ['no-copy-of-today'] });
    await endOf(harness, workflowId, 'succeeded');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', maintenance: false });
  });

  it.concurrent('has it acknowledged that apps are taken out', async () => {
    const { site: from, backup } = await backedUpSite(harness);
    const { site } = await backedUpSite(harness);
    await harness.press('main', 'press.api.site.uninstall_app', { name: site, app: 'erpnext' });
    await eventually(() => siteIn(harness, site)?.apps.length === 1);
    await eventually(() => siteIn(harness, site)?.status === 'Active');
    const workflowId = await startRestore(harness, site, { backup, ofSite: from });
    const { approval, plan } = await waiting(workflowId);
    expect(approval?.rule.acknowledge).toEqual(['apps-are-taken-out']);
    expect(plan?.material.mayLose).toContain('the data of erpnext: not on the site');
    await harness.client.reject(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'rejected');
  });

  it.concurrent('waits for a backup that runs: nothing else keeps them apart', async () => {
    const { site, backup } = await backedUpSite(harness);
    const workflowId = await startRestore(harness, site, { backup }, { safetyCopy: 'skip' });
    await waiting(workflowId);
    harness.simulator.addFault(onBackup(site, { kind: 'slow', factor: 20 }));
    const running = harness.simulator.backUp(site);
    for (const by of ['kim', 'dana']) {
      await harness.client.approve(workflowId, { by, acknowledges: ['no-safety-copy'] });
    }
    await eventually(() => effectsOn(harness, site).includes('site.restore'));
    expect(backupsOf(harness, site).find(({ name }) => name === running)?.status).toBe('Success');
    await endOf(harness, workflowId, 'succeeded');
  });
});
