import { beforeEach, describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  addDomain,
  availableApps,
  changeAppPlan,
  changePlan,
  clearSiteCache,
  deleteConfig,
  getJobStatus,
  installApp,
  installedApps,
  isPlanAlready,
  listAppSubscriptions,
  listDomains,
  listPlanChanges,
  listSiteActivity,
  listSiteJobs,
  mergeConfig,
  newSite,
  removeDomain,
  setHostName,
  setRedirect,
  siteConfig,
  uninstallApp,
  unsetRedirect,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';

const HOUR_MS = 3_600_000;
const site = 'acme-shop.frappe.cloud';
const BASIC = 'MARKETPLACE-PLAN-insights-002';
const PRO = 'MARKETPLACE-PLAN-insights-003';

let sim: PressSimulator;
let account: Account;

beforeEach(async () => {
  ({ sim, account } = await simulatedPress());
  await newSite(account.press, {
    name: 'acme-shop',
    apps: ['frappe', 'erpnext'],
    plan: 'USD 25',
    cluster: 'Mumbai',
    group: 'bench-0001',
    version: 'Version 15',
    domain: 'frappe.cloud',
  });
  sim.clock.advance(HOUR_MS);
});

const activities = async (action: string) => {
  const rows = await listSiteActivity(account.press, { site, action });
  return rows.map(({ reason, job }) => ({ reason, hasJob: job !== null }));
};

describe('apps of a site', () => {
  it('come with a job, an activity that names both, and a bill', async () => {
    const { press } = account;
    const job = await installApp(press, { site, app: 'insights', plan: BASIC });
    expect(await getJobStatus(press, { job: job ?? '' })).toBe('Undelivered');
    expect(await activities('Install App')).toEqual([{ reason: 'insights', hasJob: true }]);
    const again = await pressErrorOf(installApp(press, { site, app: 'crm' }));
    expect(again).toMatchObject({ code: 'BUSY' });
    sim.clock.advance(HOUR_MS);
    expect(await getJobStatus(press, { job: job ?? '' })).toBe('Success');
    // Press cannot list them now, but what is still to be had (observed-2 6.4).
    expect(await installedApps(press, { site })).toBeNull();
    const offered = await availableApps(press, { site });
    expect(offered.map(({ app }) => app)).not.toContain('insights');
    expect(await installApp(press, { site, app: 'insights', plan: BASIC })).toBeNull();
  });

  it('leave a bill behind when the job fails, which uninstalling ends', async () => {
    const { press } = account;
    const fault = { kind: 'fail_step', step: 0 } as const;
    sim.addFault({ job: { site, jobType: 'Install App on Site' }, fault });
    await installApp(press, { site, app: 'insights', plan: BASIC });
    sim.clock.advance(HOUR_MS);
    expect(await listAppSubscriptions(press, { site })).toMatchObject([{ plan: BASIC }]);
    await uninstallApp(press, { site, app: 'insights', create_offsite_backup: false });
    expect(await listAppSubscriptions(press, { site })).toEqual([]);
  });

  it('are paid for no more once their end is asked for, and again by a change of plan', async () => {
    const { press } = account;
    await installApp(press, { site, app: 'insights', plan: BASIC });
    sim.clock.advance(HOUR_MS);
    const [row] = await listAppSubscriptions(press, { site });
    const fault = { kind: 'fail_step', step: 2 } as const;
    sim.addFault({ job: { site, jobType: 'Uninstall App from Site' }, fault });
    await uninstallApp(press, { site, app: 'insights', create_offsite_backup: false });
    sim.clock.advance(HOUR_MS);
    expect(await activities('Uninstall App')).toEqual([{ reason: 'insights', hasJob: true }]);
    expect(await installedApps(press, { site })).toContain('insights');
    expect(await listAppSubscriptions(press, { site })).toEqual([]);
    await changeAppPlan(press, { subscription: row?.name ?? '', new_plan: PRO });
    expect(await listAppSubscriptions(press, { site })).toMatchObject([{ plan: PRO }]);
  });
});

describe('configuration', () => {
  it('is answered by a job name and nothing secret', async () => {
    const { press } = account;
    await mergeConfig(press, { site, config: { mail_password: 'hush', currency: 'EUR' } });
    const job = await deleteConfig(press, { site, key: 'currency' });
    expect(await getJobStatus(press, { job: job ?? '' })).toBe('Undelivered');
    expect((await siteConfig(press, { site })).map(({ key }) => key)).not.toContain('currency');
    // A key that is not there is another job: all of the configuration is sent once more.
    expect(await deleteConfig(press, { site, key: 'currency' })).not.toBe(job);
    expect(await deleteConfig(press, { site, key: 'db_name' })).toBeNull();
    expect(JSON.stringify(sim.calls())).not.toContain('hush');
  });
});

describe('domains', () => {
  const domain = 'shop.customer.example';
  const rows = async () => {
    const found = await listDomains(account.press, { site });
    return found.find((row) => row.domain === domain);
  };
  const jobsOf = async (...types: readonly string[]) => {
    const listed = await listSiteJobs(account.press, { site, job_types: types });
    return listed.found === 'own' ? listed.jobs.map(({ job_type: type }) => type).sort() : [];
  };

  it('redirect, become primary, and go', async () => {
    const { press } = account;
    sim.setDns(domain, { CNAME: [site] });
    await addDomain(press, { site, domain });
    sim.clock.advance(HOUR_MS);
    await setRedirect(press, { site, domain });
    expect(await rows()).toMatchObject({ redirect_to_primary: true, status: 'Active' });
    await unsetRedirect(press, { site, domain });
    expect(await rows()).toMatchObject({ redirect_to_primary: false });
    const [setup, remove] = ['Setup Redirects on Hosts', 'Remove Redirects on Hosts'];
    expect(await jobsOf(setup, remove)).toEqual([remove, setup]);
    await setHostName(press, { site, domain });
    const primary = await pressErrorOf(removeDomain(press, { site, domain }));
    expect(primary).toMatchObject({ code: 'REFUSED' });
    await setHostName(press, { site, domain: site });
    await removeDomain(press, { site, domain });
    expect(await rows()).toBeUndefined();
    const [proxy, server] = ['Remove Host from Proxy', 'Remove Domain'];
    expect(await jobsOf(proxy, server)).toEqual([server, proxy]);
    expect(await pressErrorOf(removeDomain(press, { site, domain }))).toMatchObject({
      code: 'SERVER_ERROR',
    });
  });
});

describe('plan and caches', () => {
  it('change at once, and once', async () => {
    const { press } = account;
    await changePlan(press, { site, plan: 'USD 50' });
    expect(isPlanAlready(await pressErrorOf(changePlan(press, { site, plan: 'USD 50' })))).toBe(
      true,
    );
    const [newest] = await listPlanChanges(press, { site });
    expect(newest).toMatchObject({ from_plan: 'USD 25', to_plan: 'USD 50' });
  });

  it('are cleared by a job that an activity names', async () => {
    await clearSiteCache(account.press, { site });
    expect(await activities('Clear Cache')).toEqual([{ reason: null, hasJob: true }]);
  });
});
