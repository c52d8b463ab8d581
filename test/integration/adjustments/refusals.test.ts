import { afterAll, beforeAll, describe, it } from 'vitest';
import type { AdjustmentKind } from '../../../src/domain/operations.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { makeActive } from '../provision/support.js';
import { actOn, breakDown, switchOff } from '../safety-copy/support.js';
import { activeDomain, adjust, type Adjusting, aSite, doneTo, PAID_APP, PRO } from './support.js';

/** A request that comes to nothing, and why. */
type Refused = {
  readonly [K in AdjustmentKind]: readonly [kind: K, change: Adjusting<K>, says: RegExp];
}[AdjustmentKind];

const NOTHING_TO_DO: readonly Refused[] = [
  ['install-app', { app: 'lms' }, /the bench of the site has no lms .*deploy it there first/],
  [
    'install-app',
    { app: PAID_APP, plan: 'USD 25' },
    /USD 25 is no plan of insights: .*MARKETPLACE-PLAN-insights-003 \(20 USD a month\)/,
  ],
  ['uninstall-app', { app: 'crm' }, /crm is not on this site/],
  ['uninstall-app', { app: 'frappe' }, /frappe is what the site is made of/],
  ['update-config', { config: { developer_mode: 1 } }, /Press refuses it/],
  ['retry-domain', { domain: 'www.example.com' }, /no domain of this site: add it first/],
  ['remove-domain', { domain: 'www.example.com' }, /no domain of this site/],
  ['set-host-name', { domain: 'www.example.com' }, /no domain of this site/],
  ['set-redirect', { domain: 'www.example.com' }, /no domain of this site/],
  ['unset-redirect', { domain: 'www.example.com' }, /no domain of this site/],
  ['change-plan', { plan: 'USD 1' }, /Press offers no plan USD 1/],
  [
    'change-app-plan',
    { app: PAID_APP, plan: PRO },
    /pays for no insights: install-app with --plan/,
  ],
  ['edit-scheduled-update', { at: '2099-01-01T00:00:00Z' }, /no update is scheduled/],
  ['cancel-scheduled-update', {}, /no update is scheduled/],
  ['cancel-scheduled-update', { update: 'nosuch' }, /no nosuch for/],
];

describe('a preflight of an adjustment', () => {
  let harness: Harness;
  let site: string;
  beforeAll(async () => {
    harness = await startHarness();
    site = await aSite(harness);
  });
  afterAll(() => harness.close());

  it.concurrent.each(NOTHING_TO_DO)('refuses %s %o', async (kind, change, says) => {
    const { reason } = await adjust(harness, kind, site, change as never, 'refused');
    if (!says.test(reason ?? '')) throw new Error(reason);
    if (doneTo(harness, site).length > 0) throw new Error('something was done');
  });

  it.concurrent('refuses sites of others, and those that are not there', async ({ expect }) => {
    const foreign = await adjust(harness, 'clear-cache', 'nobody.frappe.cloud', {}, 'refused');
    expect(foreign.reason).toMatch(/there is no site nobody.frappe.cloud/);
  });

  it.concurrent('refuses what would leave a site without its domain', async ({ expect }) => {
    const own = await aSite(harness);
    const domain = await activeDomain(harness, own);
    const refused = async (kind: 'remove-domain' | 'set-redirect' | 'retry-domain', of: string) => {
      const { reason } = await adjust(harness, kind, own, { domain: of }, 'refused');
      return reason;
    };
    expect(await refused('remove-domain', own)).toMatch(/is the name of the site, which stays/);
    expect(await refused('retry-domain', domain)).toMatch(/only Broken ones are tried again/);
    await actOn(harness, own, 'set_host_name', { domain });
    expect(await refused('remove-domain', domain)).toMatch(/set-host-name to another one first/);
    expect(await refused('set-redirect', domain)).toMatch(/cannot redirect to itself/);
    const other = await aSite(harness);
    const taken = await adjust(harness, 'add-domain', other, { domain }, 'refused');
    expect(taken.reason).toMatch(/belongs to another site/);
  });

  it.concurrent('refuses what the state of the site does not allow', async ({ expect }) => {
    const [inactive, broken] = await Promise.all([makeActive(harness), makeActive(harness)]);
    await switchOff(harness, inactive);
    await breakDown(harness, broken);
    const install = await adjust(harness, 'install-app', inactive, { app: 'crm' }, 'refused');
    expect(install.reason).toMatch(/status: it is Inactive/);
    const add = { domain: 'shop.example.com' };
    const domain = await adjust(harness, 'add-domain', broken, add, 'refused');
    expect(domain.reason).toMatch(/status: it is Broken/);
    const key = { config: { currency: 'EUR' } };
    await adjust(harness, 'update-config', broken, key);
  });

  it.concurrent('refuses a text where Press wants a number', async ({ expect }) => {
    const own = await aSite(harness);
    await actOn(harness, own, 'update_config', { config: { max_file_size: 1 } });
    const config = { max_file_size: 'big' };
    const { reason } = await adjust(harness, 'update-config', own, { config }, 'refused');
    expect(reason).toMatch(/max_file_size is a number at Press; it would become 0/);
  });
});

describe('policy', () => {
  let harness: Harness;
  let site: string;
  beforeAll(async () => {
    harness = await startHarness({
      policy: {
        configKeys: ['mail_*'],
        secretConfigKeys: ['mail_password'],
        planChanges: { upToUsd: 100, downgrade: 'deny', dedicated: 'deny' },
      },
    });
    site = await aSite(harness);
  });
  afterAll(() => harness.close());

  it.concurrent.each<Refused>([
    ['update-config', { config: { currency: 'EUR' } }, /currency/],
    ['update-config', { config: { mail_password: 'clear' } }, /mail_password/],
    ['delete-config', { key: 'currency' }, /policy does not allow currency/],
    ['change-plan', { plan: 'USD 10' }, /policy: /],
    ['change-plan', { plan: 'Unlimited' }, /policy: /],
  ])('refuses %s %o', async (kind, change, says) => {
    const { reason } = await adjust(harness, kind, site, change as never, 'refused');
    if (!says.test(reason ?? '')) throw new Error(reason);
    if (doneTo(harness, site).length > 0) throw new Error('something was done');
  });
});
