import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  startPressSimulator,
  type FaultRule,
  type PressSimulator,
} from '../../../simulators/press/index.js';
import { readTracker } from '../../../src/activities/trackers.js';
import type { Tracker } from '../../../src/domain/trackers.js';
import {
  addDomain,
  archiveSite,
  createAccounts,
  listSiteJobs,
  mergeConfig,
  newSite,
  type Account,
  type Accounts,
} from '../../../src/frappe-cloud/index.js';

const MINUTE = 60_000;

describe('one look at a tracker', () => {
  let simulator: PressSimulator;
  let accounts: Accounts;
  let account: Account;
  let number = 0;
  beforeAll(async () => {
    simulator = await startPressSimulator({ speed: 0 });
    const { main } = simulator.accounts;
    accounts = createAccounts([
      { ...main, name: 'main', url: simulator.url, requestsPerSecond: 200 },
    ]);
    account = accounts.get('main');
  });
  afterEach(() => simulator.clearFaults());
  afterAll(async () => {
    await accounts.close();
    await simulator.close();
  });

  /** A site just ordered; the clock stands still. */
  const order = async (fault?: (site: string) => FaultRule) => {
    const name = `tracked-${(number += 1)}`;
    const site = `${name}.${simulator.domain}`;
    if (fault) simulator.addFault(fault(site));
    const answer = await newSite(account.press, {
      name,
      domain: simulator.domain,
      apps: ['frappe', 'erpnext'],
      plan: 'USD 25',
      version: 'Version 15',
      cluster: 'Mumbai',
      group: 'bench-0001',
    });
    const job = 'job' in answer ? answer.job : null;
    const tracker: Tracker = { kind: 'site-creation', site, job };
    return { site, job, tracker };
  };
  const look = (tracker: Tracker) => readTracker(account, tracker);

  it('a creation: moving with its step, then a success', async () => {
    const { tracker, job, site } = await order();
    expect(await look(tracker)).toMatchObject({ state: 'moving', evidence: { status: 'Pending' } });
    simulator.clock.advance(MINUTE);
    expect(await look(tracker)).toMatchObject({
      state: 'moving',
      step: { of: 7 },
      evidence: { status: 'Installing', job },
    });
    simulator.clock.advance(10 * MINUTE);
    expect(await look(tracker)).toMatchObject({ state: 'settled', outcome: 'success' });
    expect(await look({ kind: 'site-creation', site, job: null })).toMatchObject({
      outcome: 'success',
    });
  });

  it('a creation that fails names job and step', async () => {
    const { tracker, job } = await order((site) => ({
      job: { site, jobType: 'New Site' },
      fault: { kind: 'fail_step', step: 'Install Apps', output: 'no such app' },
    }));
    simulator.clock.advance(10 * MINUTE);
    expect(await look(tracker)).toMatchObject({
      state: 'settled',
      outcome: 'failure',
      evidence: {
        job,
        status: 'Failure',
        step: 'Install Apps',
        output: expect.any(String) as string,
      },
    });
  });

  it('a creation that never reached the server is told apart', async () => {
    const { tracker } = await order((site) => ({
      job: { site, jobType: 'New Site' },
      fault: { kind: 'delivery_failure', afterSeconds: 30 },
    }));
    simulator.clock.advance(MINUTE);
    expect(await look(tracker)).toMatchObject({
      outcome: 'delivery_failure',
      evidence: { status: 'Delivery Failure' },
    });
  });

  it('a creation whose site is gone has failed', async () => {
    const { tracker, site } = await order();
    simulator.clock.advance(10 * MINUTE);
    const options = { force: true, create_offsite_backup: false, reason: 'test' };
    await archiveSite(account.press, { site, ...options });
    simulator.clock.advance(10 * MINUTE);
    expect(await look(tracker)).toMatchObject({ outcome: 'failure', evidence: { status: 'gone' } });
  });

  it('a job of a site', async () => {
    const { site } = await order();
    simulator.clock.advance(10 * MINUTE);
    await mergeConfig(account.press, { site, config: { mail_server: 'mx.example.com' } });
    const types = ['Update Site Configuration'];
    const listed = await listSiteJobs(account.press, { site, job_types: types });
    const job = listed.found === 'own' ? (listed.jobs[0]?.name ?? '') : '';
    const tracker: Tracker = { kind: 'site-job', site, job };
    expect(await look(tracker)).toMatchObject({ state: 'moving' });
    simulator.clock.advance(MINUTE);
    expect(await look(tracker)).toMatchObject({ outcome: 'success', evidence: { job } });
  });

  it.each([
    [true, 'success', 'Active'],
    [false, 'failure', 'Broken'],
  ])('a domain, certificate to be had: %s', async (certificate, outcome, status) => {
    const { site } = await order();
    const domain = `www.${site.split('.')[0]}.example.com`;
    simulator.setDns(domain, { CNAME: [site], certificate });
    simulator.clock.advance(10 * MINUTE);
    const tracker: Tracker = { kind: 'site-domain', site, domain };
    expect(await look(tracker)).toMatchObject({ outcome: 'failure', evidence: { status: 'gone' } });
    await addDomain(account.press, { site, domain });
    expect(await look(tracker)).toMatchObject({ state: 'moving', evidence: { status: 'Pending' } });
    simulator.clock.advance(10 * MINUTE);
    expect(await look(tracker)).toMatchObject({ state: 'settled', outcome, evidence: { status } });
  });

  it('what was done at once', async () => {
    expect(await look({ kind: 'done' })).toMatchObject({ state: 'settled', outcome: 'success' });
  });
});
