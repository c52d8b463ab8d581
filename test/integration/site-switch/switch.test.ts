import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { costOf } from '../../../src/temporal/history-cost.js';
import { activeSite } from '../archive/support.js';
import { endOf, eventually, onJob, onMethod, siteIn } from '../provision/support.js';
import { answer, breakDown, switchOff } from '../safety-copy/support.js';
import { BACK, failsAt, THERE } from '../upgrade/support.js';
import { ask, doneTo } from './support.js';

const SERVER = 'Update Site Configuration';
const PROXY = 'Update Site Status';
const LOST = { kind: 'lose_answer' } as const;
/** D 11: what a small operation may cost. */
const ACTIONS = 20;

describe('deactivate and activate', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  const expectCheap = async (workflowId: string) => {
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    const { events } = await handle.fetchHistory();
    return costOf(events ?? []).actions <= ACTIONS;
  };
  const inactiveSite = async () => {
    const site = await activeSite(harness);
    await switchOff(harness, site);
    return site;
  };

  it.concurrent('take a site off and put it back on, cheaply', async ({ expect }) => {
    const site = await activeSite(harness);
    const off = await ask(harness, 'deactivate', site);
    const { details } = await endOf(harness, off.workflowId, 'succeeded');
    expect(details).toMatchObject({ status: 'Inactive', before: 'Active' });
    expect(siteIn(harness, site)).toMatchObject({ status: 'Inactive', maintenance: true });
    const on = await ask(harness, 'activate', site);
    await endOf(harness, on.workflowId, 'succeeded');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', maintenance: false });
    expect(doneTo(harness, site)).toEqual(['site.deactivate', 'site.activate']);
    expect(await expectCheap(off.workflowId)).toBe(true);
    expect(await expectCheap(on.workflowId)).toBe(true);
  });

  it.concurrent('are refused where there is nothing to do, or nobody there', async ({ expect }) => {
    const site = await activeSite(harness);
    const on = await ask(harness, 'activate', site);
    const { reason } = await endOf(harness, on.workflowId, 'refused');
    expect(reason).toMatch(/it is Active; it must be Inactive or Broken/);
    const nobody = await ask(harness, 'deactivate', 'nobody.frappe.cloud');
    const { reason: why } = await endOf(harness, nobody.workflowId, 'refused');
    expect(why).toMatch(/no site of this team/);
    expect(doneTo(harness, site)).toEqual([]);
  });

  it.concurrent('are refused when Press says no', async ({ expect }) => {
    const site = await activeSite(harness);
    const message = 'Cannot deactivate site on a Frappe plan';
    const fault = { kind: 'exception', excType: 'ValidationError', status: 417, message } as const;
    harness.simulator.addFault(onMethod(site, 'deactivate', fault));
    const { workflowId } = await ask(harness, 'deactivate', site);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toBe(message);
    expect(siteIn(harness, site)?.status).toBe('Active');
  });

  it.concurrent('are done once when the answer is lost', async ({ expect }) => {
    const site = await activeSite(harness);
    harness.simulator.addFault(onMethod(site, 'deactivate', LOST));
    harness.simulator.addFault(onMethod(site, 'activate', LOST));
    const off = await ask(harness, 'deactivate', site);
    await endOf(harness, off.workflowId, 'succeeded');
    const on = await ask(harness, 'activate', site);
    await endOf(harness, on.workflowId, 'succeeded');
    expect(doneTo(harness, site)).toEqual(['site.deactivate', 'site.activate']);
  });

  it.concurrent.each([
    [SERVER, { kind: 'fail_step', step: 0 }, /deactivate failed/],
    [PROXY, { kind: 'delivery_failure', afterSeconds: 60 }, /never delivered/],
  ] as const)('deactivate: %s fails, and the site is put back on', async (job, fault, says) => {
    const site = await activeSite(harness);
    harness.simulator.addFault(onJob(site, job, fault));
    const { workflowId } = await ask(harness, 'deactivate', site);
    const { reason } = await endOf(harness, workflowId, 'rolled_back');
    if (!says.test(reason ?? '')) throw new Error(reason);
    await eventually(() => {
      const found = siteIn(harness, site);
      return found?.status === 'Active' && !found.maintenance;
    });
  });

  it.concurrent(
    'activate: the server is never reached, and it is off again',
    async ({ expect }) => {
      const site = await inactiveSite();
      const fault = { kind: 'delivery_failure', afterSeconds: 60 } as const;
      harness.simulator.addFault(onJob(site, SERVER, fault));
      const { workflowId } = await ask(harness, 'activate', site);
      const { reason } = await endOf(harness, workflowId, 'rolled_back');
      expect(reason).toMatch(/activate: Press could not reach the server/);
      expect(siteIn(harness, site)).toMatchObject({ status: 'Inactive', maintenance: true });
    },
  );

  it.concurrent('ask a person when the way back fails too', async ({ expect }) => {
    const site = await activeSite(harness);
    harness.simulator.addFault(onJob(site, PROXY, { kind: 'fail_step', step: 0 }, { times: 2 }));
    const handle = await ask(harness, 'deactivate', site);
    await answer(harness, handle, 'retry', /activate failed/);
    await endOf(harness, handle.workflowId, 'rolled_back');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', maintenance: false });
    const twice = ['site.deactivate', 'site.activate'];
    expect(doneTo(harness, site)).toEqual([...twice, ...twice]);
  });

  it.concurrent('activate: a Broken site that answers is Active', async ({ expect }) => {
    const site = await activeSite(harness);
    await breakDown(harness, site);
    const { workflowId } = await ask(harness, 'activate', site);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ before: 'Broken', status: 'Active' });
  });

  it.concurrent(
    'activate: one that does not answer is tried twice, then asked about',
    async ({ expect }) => {
      const site = await activeSite(harness);
      await breakDown(harness, site);
      harness.simulator.setResponsive(site, false);
      const handle = await ask(harness, 'activate', site);
      await harness.until(handle.workflowId, ({ state }) => state === 'needs_human');
      expect(doneTo(harness, site).filter((effect) => effect === 'site.activate')).toHaveLength(2);
      harness.simulator.setResponsive(site, true);
      await answer(harness, handle, 'retry', /does not answer/);
      await endOf(harness, handle.workflowId, 'succeeded');
      expect(siteIn(harness, site)?.status).toBe('Active');
    },
  );

  it.concurrent('deactivate: one that an update has marked stays marked', async ({ expect }) => {
    const site = await activeSite(harness);
    harness.simulator.addFault(failsAt(site, THERE, 'Migrate Site'));
    harness.simulator.addFault(failsAt(site, BACK, 'Restore Touched Tables'));
    const asked = { name: site, destination_group: null };
    await harness.press('main', 'press.api.site.version_upgrade', asked);
    await eventually(() => siteIn(harness, site)?.fatalUpdate !== null);
    const { workflowId } = await ask(harness, 'deactivate', site);
    await endOf(harness, workflowId, 'succeeded');
    expect(siteIn(harness, site)?.status).toBe('Inactive');
    expect(siteIn(harness, site)?.fatalUpdate).not.toBeNull();
  });

  it.concurrent('are refused after a failed restore', async ({ expect }) => {
    const site = await activeSite(harness);
    harness.simulator.addFault(onJob(site, 'Restore Site', { kind: 'fail_step', step: 1 }));
    const backup = harness.simulator.backUp(site, { offsite: true });
    await eventually(() =>
      harness.simulator
        .estate()
        .backups.some(({ name, status }) => name === backup && status === 'Success'),
    );
    const files = harness.simulator.estate().backups.find(({ name }) => name === backup)?.files;
    await harness.press('main', 'press.api.site.restore', {
      name: site,
      files: { database: files?.['database']?.remote ?? '' },
    });
    await eventually(() => siteIn(harness, site)?.status === 'Broken');
    const { workflowId } = await ask(harness, 'activate', site);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/a restore failed .*: restore it first/);
  });
});
