import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { callsOf, endOf, eventually, onJob, onMethod } from '../provision/support.js';
import { actOn, answer } from '../safety-copy/support.js';
import {
  activeDomain,
  adjust,
  ask,
  aSite,
  configOf,
  domainIn,
  domainRow,
  doneTo,
} from './support.js';

const SETUP = 'Setup Redirects on Hosts';

describe('what Press believes to be so already', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  it.concurrent('is told to the servers once more', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = await activeDomain(harness, site);
    await actOn(harness, site, 'set_redirect', { domain });
    const before = doneTo(harness, site).length;
    await adjust(harness, 'set-redirect', site, { domain });
    await adjust(harness, 'change-plan', site, { plan: 'USD 25' });
    const outcome = 'succeeded_with_exceptions';
    const { exceptions } = await adjust(
      harness,
      'delete-config',
      site,
      { key: 'currency' },
      outcome,
    );
    expect(exceptions).toEqual([
      'verify: there was no key currency: the server was only told once more',
    ]);
    expect(doneTo(harness, site).slice(before)).toEqual([
      'domain.unredirect',
      'domain.redirect',
      'config.update',
      'config.update',
    ]);
    expect(await domainRow(harness, site, domain)).toMatchObject({ redirect_to_primary: 1 });
  });

  it.concurrent('is told, redirects too, when the way back has failed', async ({ expect }) => {
    const site = await aSite(harness);
    const redirecting = await activeDomain(harness, site);
    await actOn(harness, site, 'set_redirect', { domain: redirecting });
    const domain = `shop.${redirecting}`;
    harness.simulator.setDns(domain, { CNAME: [site] });
    await actOn(harness, site, 'add_domain', { domain });
    await eventually(() => domainIn(harness, domain)?.status === 'Active');
    const before = doneTo(harness, site).length;
    harness.simulator.addFault(onJob(site, SETUP, { kind: 'fail_step', step: 0 }, { times: 2 }));
    const handle = await ask(harness, 'set-host-name', site, { domain });
    await answer(harness, handle, 'retry', /back: set host name failed/);
    await endOf(harness, handle.workflowId, 'rolled_back');
    expect(doneTo(harness, site).slice(before)).toEqual([
      'domain.primary',
      'domain.primary',
      'domain.unredirect',
      'domain.redirect',
      'config.update',
    ]);
  });

  it.concurrent('keeps a redirect when the telling breaks off in between', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = await activeDomain(harness, site);
    await actOn(harness, site, 'set_redirect', { domain });
    harness.simulator.addFault({
      call: { method: 'press.api.site.set_redirect', body: { name: site } },
      fault: { kind: 'lose_request' },
    });
    await adjust(harness, 'set-host-name', site, { domain: site });
    expect(await domainRow(harness, site, domain)).toMatchObject({ redirect_to_primary: 1 });
  });

  it.concurrent('is no proof where Press shows a mask', async ({ expect }) => {
    const site = await aSite(harness);
    const config = { api_secret: 'new' };
    await actOn(harness, site, 'update_config', { config: { api_secret: 'old' } });
    harness.simulator.addFault(onMethod(site, 'update_config', { kind: 'lose_request' }));
    await adjust(harness, 'update-config', site, { config });
    expect(callsOf(harness, 'Site.update_config', site)).toBe(3);
    expect(doneTo(harness, site)).toEqual(['config.update', 'config.update']);
    expect((await configOf(harness, site))['api_secret']).toBe('new');
  });
});
