import { beforeEach, describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  addDomain,
  archiveSite,
  calibrateClock,
  checkAccount,
  checkDns,
  domainExists,
  failureReason,
  getDomain,
  getJob,
  getJobStatus,
  getReleaseGroup,
  getSite,
  getSitePlans,
  installedApps,
  listBenches,
  listDomains,
  listSiteActivity,
  listSiteJobs,
  listSites,
  mergeConfig,
  newSite,
  newSiteOptions,
  optionsForNew,
  siteConfig,
  siteExists,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';

const HOUR_MS = 3_600_000;
const SITE = 'acme-shop.frappe.cloud';

describe('the client against the simulator', () => {
  let sim: PressSimulator;
  let account: Account;

  beforeEach(async () => {
    ({ sim, account } = await simulatedPress());
  });

  function order() {
    return newSite(account.press, {
      name: 'acme-shop',
      apps: ['frappe', 'crm'],
      plan: 'USD 25',
      cluster: 'Mumbai',
      group: 'bench-0001',
      version: 'Version 15',
      domain: 'frappe.cloud',
    });
  }

  it('finds out what can be ordered', async () => {
    const { press } = account;
    expect(await checkAccount(account)).toMatchObject({ ok: true });
    expect(await getDomain(press)).toBe(sim.domain);
    const { versions } = await optionsForNew(press);
    expect(versions.map(({ name }) => name)).toContain('Version 15');
    const shared = (await newSiteOptions(press)).find(({ name }) => name === 'Version 15')?.group;
    expect(shared?.apps.map(({ app }) => app)).toContain('crm');
    expect((await getSitePlans(press)).map(({ name }) => name)).toContain('USD 25');
    expect(await siteExists(press, { subdomain: 'acme-shop', domain: sim.domain })).toBe(false);
    expect(await getReleaseGroup(press, { group: 'bench-0001' })).toEqual({ found: 'foreign' });
    expect(await getReleaseGroup(press, { group: 'bench-0004' })).toMatchObject({ found: 'own' });
    expect(await listBenches(press, { group: 'bench-0004' })).toMatchObject([{ status: 'Active' }]);
  });

  it('orders a site, follows its jobs, configures, adds a domain, and archives', async () => {
    const { press, clock } = account;
    const ordered = await order();
    expect(ordered).toMatchObject({ site: SITE });
    const job = 'job' in ordered ? ordered.job : null;
    if (job === null) throw new Error('the shared path names its job');
    expect(await getJobStatus(press, { job })).toBe('Undelivered');
    expect(await pressErrorOf(order())).toMatchObject({
      code: 'DUPLICATE',
      sent: 'yes',
      ended: true,
    });

    sim.clock.advance(HOUR_MS);
    expect(await getSite(press, { site: SITE })).toMatchObject({
      found: 'own',
      site: { status: 'Active', plan: 'USD 25', creation_failed: null },
    });
    expect(await getJob(press, { job })).toMatchObject({ job_type: 'New Site', status: 'Success' });
    const jobs = await listSiteJobs(press, { site: SITE, job_types: ['Add Site to Upstream'] });
    expect(jobs).toMatchObject({ found: 'own', jobs: [{ status: 'Success' }] });
    expect(await installedApps(press, { site: SITE })).toEqual(['frappe', 'crm']);
    expect(await account.probe(SITE)).toMatchObject({ ok: true });

    await mergeConfig(press, { site: SITE, config: { max_file_size: 10 } });
    sim.clock.advance(HOUR_MS);
    expect(await siteConfig(press, { site: SITE })).toContainEqual(
      expect.objectContaining({ key: 'max_file_size' }),
    );

    const domain = 'shop.customer.example';
    expect(await checkDns(press, { site: SITE, domain })).toMatchObject({ ready: false });
    sim.setDns(domain, { CNAME: [SITE] });
    expect(await domainExists(press, { domain })).toBeNull();
    await addDomain(press, { site: SITE, domain });
    expect(await listDomains(press, { site: SITE })).toContainEqual(
      expect.objectContaining({ domain: SITE, primary: true, status: 'Active' }),
    );

    sim.clock.advance(HOUR_MS);
    await archiveSite(press, {
      site: SITE,
      reason: 'op-1',
      force: true,
      create_offsite_backup: false,
    });
    const [activity] = await listSiteActivity(press, { site: SITE, action: 'Archive' });
    expect(activity).toMatchObject({ reason: 'op-1' });
    expect(clock.parse(activity?.creation ?? '')).toBeLessThanOrEqual(sim.clock.now().getTime());
    sim.clock.advance(HOUR_MS);
    expect(await getSite(press, { site: SITE })).toMatchObject({ found: 'none' });
    expect(await listSites(press, { names: [`${SITE}.archived`] })).toMatchObject([
      { status: 'Archived' },
    ]);
  });

  it('tells why a creation failed', async () => {
    const output = 'pip: no such version';
    sim.addFault({
      job: { jobType: 'New Site', site: SITE },
      fault: { kind: 'fail_step', step: 'Install Apps', output },
    });
    const ordered = await order();
    sim.clock.advance(HOUR_MS);
    expect(await getSite(account.press, { site: SITE })).toMatchObject({
      site: { status: 'Broken' },
    });
    const job = 'job' in ordered ? (ordered.job ?? '') : '';
    const reason = await failureReason(account.press, { site: SITE, job });
    expect(reason?.step).toBe('Install Apps');
    expect(reason?.text).not.toBe('');
  });

  it('learns the zone of the server', async () => {
    await order();
    sim.clock.advance(HOUR_MS);
    expect(account.clock.calibrated).toBe(false);
    expect(await calibrateClock(account, SITE)).toBe(true);
    expect(account.clock.offsetMinutes).toBe(330);
  });

  it.each([
    [{ kind: 'lose_answer' }, 'CONNECTION_LOST', true],
    [{ kind: 'lose_request' }, 'CONNECTION_LOST', false],
    [{ kind: 'gateway_error', status: 502 }, 'GATEWAY', true],
    [{ kind: 'hang' }, 'TIMEOUT', true],
    [{ kind: 'html_page', effect: true }, 'BAD_ANSWER', true],
  ] as const)('does not know the outcome of %o', async (fault, code, landed) => {
    sim.addFault({ call: { method: 'press.api.site.new' }, fault });
    expect(await pressErrorOf(order())).toMatchObject({ code, sent: 'maybe', ended: false });
    const found = await getSite(account.press, { site: SITE });
    expect(found.found).toBe(landed ? 'own' : 'none');
  });
});
