import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { answer, breakDown, offsiteBackup, switchOff } from '../safety-copy/support.js';
import { effectsOn, endOf, eventually, onJob, siteIn } from '../provision/support.js';
import { NOBODY_ASKED } from '../unarchive/support.js';
import { activeSite, archive, approveBoth } from './support.js';

const TWO = { quorum: { operator: 2 }, expiresAfterMs: 3_600_000, escalateAfterMs: 3_600_000 };

describe('an archive that fails', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      policy: {
        archive: [
          {
            name: 'asked',
            when: { requestedBy: ['sales'] },
            approval: { ...TWO, typedName: true },
          },
          ...NOBODY_ASKED.archive,
        ],
      },
    });
  });
  afterAll(() => harness.close());

  const cannotBackUp = (site: string) =>
    harness.simulator.addFault(
      onJob(site, 'Archive Site', { kind: 'fail_step', step: 'Backup Site' }),
    );
  const paidFor = (site: string) =>
    harness.simulator
      .estate()
      .subscriptions.flatMap((row) => (row.site === site && row.enabled ? [row.app] : []));

  it.concurrent('puts primary domain, app plans and billing back', async ({ expect }) => {
    const site = await activeSite(harness);
    const domain = `www.${site}.example.com`;
    const { simulator } = harness;
    simulator.setDns(domain, { CNAME: [site] });
    await harness.press('main', 'press.api.site.add_domain', { name: site, domain });
    await eventually(() =>
      simulator.estate().domains.some((row) => row.domain === domain && row.status === 'Active'),
    );
    await harness.press('main', 'press.api.site.set_host_name', { name: site, domain });
    await harness.press('main', 'press.api.client.run_doc_method', {
      dt: 'Site',
      dn: site,
      method: 'install_app',
      args: { app: 'insights', plan: 'MARKETPLACE-PLAN-insights-003' },
    });
    await eventually(() => siteIn(harness, site)?.status === 'Active');
    const before = paidFor(site);
    expect(before).toEqual([null, 'insights']);

    cannotBackUp(site);
    const { workflowId } = await archive(harness, site);
    const { exceptions, reason } = await endOf(harness, workflowId, 'rolled_back');
    expect(reason).toMatch(/archive failed in "Backup Site"/);
    expect(exceptions).toEqual(['Database Users: if it had any, they have to be made again']);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', hostName: domain });
    expect(paidFor(site)).toEqual(before);
  });

  it.concurrent('switches a site off again that was off', async ({ expect }) => {
    const site = await activeSite(harness);
    await offsiteBackup(harness, site);
    await switchOff(harness, site);
    harness.simulator.addFault(
      onJob(site, 'Archive Site', { kind: 'fail_step', step: 'Archive Site' }),
    );
    const { workflowId } = await archive(harness, site, { requestedBy: 'sales' });
    const { plan } = await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    // It cannot hand out its files, so that an older copy stands in.
    // Press keeps one offsite backup, the newest: another one would push it out.
    expect(plan?.material.target).toMatchObject({ finalBackup: false });
    expect(plan?.approval?.acknowledge).toEqual(['no-copy-of-today']);
    for (const by of ['kim', 'lee']) {
      await harness.client.approve(workflowId, {
        by,
        typedName: site,
        acknowledges: ['no-copy-of-today'],
      });
    }
    const { exceptions } = await endOf(harness, workflowId, 'rolled_back');
    expect(exceptions).toEqual(['Database Users: if it had any, they have to be made again']);
    expect(siteIn(harness, site)?.status).toBe('Inactive');
  });

  it.concurrent('is restored from the copy when a person says so', async ({ expect }) => {
    const site = await activeSite(harness);
    const before = siteIn(harness, site)?.data;
    cannotBackUp(site);
    // Both jobs are waited for, which leaves time to break it.
    harness.simulator.addFault(
      onJob(site, 'Remove Site from Upstream', { kind: 'slow', factor: 300 }),
    );
    const handle = await archive(harness, site);
    await eventually(() => effectsOn(harness, site).includes('site.archive'));
    harness.simulator.setResponsive(site, false);
    await harness.until(handle.workflowId, ({ state }) => state === 'needs_human');
    harness.simulator.setResponsive(site, true);
    await answer(harness, handle, 'restore', /does not answer/);
    await endOf(harness, handle.workflowId, 'rolled_back');
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', data: before });
  });

  it.concurrent('is not begun for a Broken site of which there is no copy', async ({ expect }) => {
    const site = await activeSite(harness);
    await breakDown(harness, site);
    const { workflowId } = await archive(harness, site);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/acknowledge no-safety-copy-at-all, and policy asks nobody/);
  });

  it.concurrent('is begun for one when people acknowledge that', async ({ expect }) => {
    const site = await activeSite(harness);
    await breakDown(harness, site);
    // Press looks only at the end, so that the row of its final backup is written (observed C10).
    harness.simulator.addFault(onJob(site, 'Archive Site', { kind: 'polled_at_end' }));
    const { workflowId } = await archive(harness, site, { requestedBy: 'sales' });
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    await approveBoth(harness, workflowId, site);
    expect(await harness.client.status(workflowId)).toMatchObject({ state: 'waiting_approval' });
    for (const by of ['kim', 'lee']) {
      const acknowledges = ['no-safety-copy-at-all'];
      await harness.client.approve(workflowId, { by, typedName: site, acknowledges });
    }
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).not.toHaveProperty('safetyCopy');
    expect(siteIn(harness, site)).toBeUndefined();
  });
});
