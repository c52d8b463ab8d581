import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, onJob, siteIn } from '../provision/support.js';
import { answer } from '../safety-copy/support.js';
import { activeDomain, adjust, ask, aSite, brokenDomain, domainIn, doneTo } from './support.js';

const CONFIG = 'Update Site Configuration';
const FAILS = { kind: 'fail_step', step: 0 } as const;
const TAKEN_UP = 'change plan: it was Suspended and is Active now';

describe('what cannot be put back is told:', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  const failing = (site: string, jobType: string, times = 1) =>
    harness.simulator.addFault(onJob(site, jobType, FAILS, { times }));

  it.concurrent('a Broken domain that Press has deleted', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = await brokenDomain(harness, site);
    failing(site, 'Remove Host from Proxy');
    const result = await adjust(harness, 'remove-domain', site, { domain }, 'rolled_back');
    expect(result.exceptions).toEqual([
      `remove domain: ${domain} is gone at Press, with its certificate; the proxy may have it`,
    ]);
    expect(domainIn(harness, domain)).toBeUndefined();
  });

  it.concurrent('not of an Active domain, which is added again', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = await activeDomain(harness, site);
    failing(site, 'Remove Host from Proxy');
    const result = await adjust(harness, 'remove-domain', site, { domain }, 'rolled_back');
    expect(result.exceptions).toEqual([]);
    expect(domainIn(harness, domain)).toMatchObject({ status: 'Active' });
  });

  it.concurrent('a Suspended site that Press has taken up', async ({ expect }) => {
    const site = await aSite(harness);
    harness.simulator.suspend(site);
    failing(site, CONFIG);
    const result = await adjust(harness, 'change-plan', site, { plan: 'USD 50' }, 'rolled_back');
    expect(result.exceptions).toEqual([TAKEN_UP]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', plan: 'USD 25' });
    expect(doneTo(harness, site)).toEqual(['site.plan', 'site.plan']);
  });

  it.concurrent('the same when a person leaves it as it is', async ({ expect }) => {
    const site = await aSite(harness);
    harness.simulator.suspend(site);
    failing(site, CONFIG, 2);
    const handle = await ask(harness, 'change-plan', site, { plan: 'USD 50' });
    await answer(harness, handle, 'abandon', /back: change plan failed/);
    const result = await endOf(harness, handle.workflowId, 'abandoned');
    expect(result.exceptions).toEqual([TAKEN_UP]);
  });

  it.concurrent('nothing where the plan is changed', async ({ expect }) => {
    const site = await aSite(harness);
    harness.simulator.suspend(site);
    const result = await adjust(harness, 'change-plan', site, { plan: 'USD 50' });
    expect(result.exceptions).toEqual([]);
    expect(siteIn(harness, site)?.status).toBe('Active');
  });
});
