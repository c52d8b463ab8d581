import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { siteIn } from '../provision/support.js';
import {
  adjust,
  aDomainOf,
  aSite,
  BASIC,
  brokenDomain,
  configOf,
  domainIn,
  domainRow,
  doneTo,
  PAID_APP,
  PRO,
  subscriptionsOf,
} from './support.js';

describe('adjustments', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  it.concurrent('clear-cache', async ({ expect }) => {
    const site = await aSite(harness);
    const { workflowId } = await adjust(harness, 'clear-cache', site, {});
    const { steps } = await harness.client.status(workflowId);
    // What it was, not how far it had come.
    expect(steps.find(({ name }) => name === 'clear cache')?.detail).toMatch(/^job \w+$/);
    expect(doneTo(harness, site)).toEqual(['site.clear_cache']);
  });

  it.concurrent('update-config and delete-config', async ({ expect }) => {
    const site = await aSite(harness);
    const config = { currency: 'EUR', max_file_size: 2000, disable_signup: true };
    await adjust(harness, 'update-config', site, { config });
    const set = { currency: 'EUR', max_file_size: '2000', disable_signup: 'true' };
    expect(await configOf(harness, site)).toMatchObject(set);
    await adjust(harness, 'delete-config', site, { key: 'currency' });
    expect(await configOf(harness, site)).not.toHaveProperty('currency');
    expect(doneTo(harness, site)).toEqual(['config.update', 'config.update']);
  });

  it.concurrent('install-app, change-app-plan, uninstall-app', async ({ expect }) => {
    const site = await aSite(harness);
    const installed = await adjust(harness, 'install-app', site, { app: PAID_APP, plan: BASIC });
    expect(installed.details).toMatchObject({ app: PAID_APP });
    expect(await subscriptionsOf(harness, site)).toMatchObject([{ app: PAID_APP, plan: BASIC }]);
    const changed = await adjust(harness, 'change-app-plan', site, { app: PAID_APP, plan: PRO });
    expect(changed.details).toMatchObject({ app: PAID_APP, plan: PRO });
    expect(await subscriptionsOf(harness, site)).toMatchObject([{ plan: PRO }]);
    const gone = await adjust(harness, 'uninstall-app', site, { app: PAID_APP });
    expect(gone.details['safetyCopy']).toMatch(/^vault-/);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', apps: ['frappe', 'erpnext'] });
    expect(await subscriptionsOf(harness, site)).toEqual([]);
    const done = doneTo(harness, site).filter((effect) => effect.startsWith('app.'));
    expect(done).toEqual(['app.install', 'app.uninstall']);
  });

  it.concurrent('add-domain, set-host-name, redirects, remove-domain', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = aDomainOf(harness, site);
    const added = await adjust(harness, 'add-domain', site, { domain });
    expect(added.details).toMatchObject({ domain });
    await adjust(harness, 'set-redirect', site, { domain });
    expect(await domainRow(harness, site, domain)).toMatchObject({ redirect_to_primary: 1 });
    await adjust(harness, 'unset-redirect', site, { domain });
    expect(await domainRow(harness, site, domain)).toMatchObject({ redirect_to_primary: 0 });
    await adjust(harness, 'set-host-name', site, { domain });
    expect(siteIn(harness, site)?.hostName).toBe(domain);
    await adjust(harness, 'set-host-name', site, { domain: site });
    await adjust(harness, 'remove-domain', site, { domain });
    expect(domainIn(harness, domain)).toBeUndefined();
    expect(doneTo(harness, site)).toEqual([
      'domain.add',
      'domain.redirect',
      'domain.unredirect',
      'domain.primary',
      'domain.primary',
      'domain.remove',
    ]);
  });

  it.concurrent('retry-domain', async ({ expect }) => {
    const site = await aSite(harness);
    const domain = await brokenDomain(harness, site);
    harness.simulator.setDns(domain, { CNAME: [site] });
    await adjust(harness, 'retry-domain', site, { domain });
    const row = await domainRow(harness, site, domain);
    expect(row).toMatchObject({ status: 'Active', retry_count: 1 });
  });

  it.concurrent('change-plan', async ({ expect }) => {
    const site = await aSite(harness);
    const { details } = await adjust(harness, 'change-plan', site, { plan: 'USD 50' });
    expect(details).toMatchObject({ plan: 'USD 50' });
    expect(siteIn(harness, site)?.plan).toBe('USD 50');
    expect(doneTo(harness, site)).toEqual(['site.plan']);
  });
});
