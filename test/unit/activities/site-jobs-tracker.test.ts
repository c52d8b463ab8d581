import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPressSimulator, type PressSimulator } from '../../../simulators/press/index.js';
import { readTracker } from '../../../src/activities/trackers.js';
import {
  type Account,
  type Accounts,
  clearSiteCache,
  createAccounts,
  listSiteJobs,
  mergeConfig,
  newSite,
} from '../../../src/frappe-cloud/index.js';

const MINUTE = 60_000;
const site = 'acme-shop.frappe.cloud';
const CONFIG = 'Update Site Configuration';
const CACHE = 'Clear Cache';

describe('several jobs of one call', () => {
  let simulator: PressSimulator;
  let accounts: Accounts;
  let account: Account;

  beforeEach(async () => {
    simulator = await startPressSimulator({ speed: 0 });
    const { main } = simulator.accounts;
    accounts = createAccounts([
      { ...main, name: 'main', url: simulator.url, requestsPerSecond: 200 },
    ]);
    account = accounts.get('main');
    await newSite(account.press, {
      name: 'acme-shop',
      apps: ['frappe'],
      plan: 'USD 25',
      cluster: 'Mumbai',
      group: 'bench-0001',
      version: 'Version 15',
      domain: 'frappe.cloud',
    });
    simulator.clock.advance(10 * MINUTE);
  });
  afterEach(async () => {
    await accounts.close();
    await simulator.close();
  });

  /** Begins two jobs; answers a look at both. */
  async function both() {
    await mergeConfig(account.press, { site, config: { currency: 'EUR' } });
    await clearSiteCache(account.press, { site });
    const listed = await listSiteJobs(account.press, { site, job_types: [CONFIG, CACHE] });
    const jobs = listed.found === 'own' ? listed.jobs.slice(0, 2).map(({ name }) => name) : [];
    return () => readTracker(account, { kind: 'site-jobs', site, jobs });
  }

  it('move until the last has ended, and all must end well', async () => {
    const look = await both();
    expect(await look()).toMatchObject({ state: 'moving' });
    simulator.clock.advance(MINUTE);
    expect(await look()).toMatchObject({ state: 'settled', outcome: 'success' });
  });

  it.each([
    [{ kind: 'fail_step', step: 0 }, 'failure'],
    [{ kind: 'delivery_failure', afterSeconds: 30 }, 'delivery_failure'],
  ] as const)('tell of the one with %o', async (fault, outcome) => {
    simulator.addFault({ job: { site, jobType: CONFIG }, fault });
    const look = await both();
    simulator.clock.advance(5 * MINUTE);
    const reading = await look();
    expect(reading).toMatchObject({ state: 'settled', outcome });
  });

  it('are awaited even when one has failed already', async () => {
    simulator.addFault({ job: { site, jobType: CONFIG }, fault: { kind: 'agent_refuses' } });
    simulator.addFault({ job: { site, jobType: CACHE }, fault: { kind: 'slow', factor: 20 } });
    const look = await both();
    simulator.clock.advance(10_000);
    expect(await look()).toMatchObject({ state: 'moving' });
    simulator.clock.advance(10 * MINUTE);
    expect(await look()).toMatchObject({ state: 'settled', outcome: 'failure' });
  });

  it('may be none', async () => {
    const none = { kind: 'site-jobs', site, jobs: [] } as const;
    expect(await readTracker(account, none)).toMatchObject({ outcome: 'success' });
  });
});
