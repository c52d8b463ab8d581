import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  startPressSimulator,
  type JobFault,
  type PressSimulator,
} from '../../../simulators/press/index.js';
import { readTracker } from '../../../src/activities/trackers.js';
import type { Tracker } from '../../../src/domain/trackers.js';
import {
  archiveSite,
  createAccounts,
  listSiteJobs,
  newSite,
  type Account,
  type Accounts,
} from '../../../src/frappe-cloud/index.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const failing = (step: string): JobFault => ({ kind: 'fail_step', step });
const PROXY_FAILS: JobFault = { kind: 'fail_step', step: 0 };
const UNREACHED: JobFault = { kind: 'delivery_failure', afterSeconds: 30 };

describe('one look at an archive', () => {
  let simulator: PressSimulator;
  let accounts: Accounts;
  let account: Account;
  let number = 0;
  beforeAll(async () => {
    simulator = await startPressSimulator({ speed: 0 });
    const { main } = simulator.accounts;
    const config = { ...main, name: 'main', url: simulator.url, requestsPerSecond: 200 };
    accounts = createAccounts([config]);
    account = accounts.get('main');
  });
  afterEach(() => simulator.clearFaults());
  afterAll(async () => {
    await accounts.close();
    await simulator.close();
  });

  const make = async (name: string): Promise<void> => {
    await newSite(account.press, {
      name,
      domain: simulator.domain,
      apps: ['frappe', 'erpnext'],
      plan: 'USD 25',
      version: 'Version 15',
      cluster: 'Mumbai',
      group: 'bench-0001',
    });
    simulator.clock.advance(10 * MINUTE);
  };

  /** An archive that was just accepted; the clock stands still. */
  const archive = async (server?: JobFault, proxy?: JobFault) => {
    const name = `archived-${(number += 1)}`;
    const site = `${name}.${simulator.domain}`;
    await make(name);
    if (server) simulator.addFault({ job: { site, jobType: 'Archive Site' }, fault: server });
    if (proxy) {
      simulator.addFault({ job: { site, jobType: 'Remove Site from Upstream' }, fault: proxy });
    }
    const wanted = { reason: 'op/archive/1', force: false, create_offsite_backup: true };
    await archiveSite(account.press, { site, ...wanted });
    const listed = await listSiteJobs(account.press, { site, job_types: ['Archive Site'] });
    const job = listed.found === 'own' ? (listed.jobs[0]?.name ?? '') : '';
    const tracker: Tracker = { kind: 'site-archive', site, job };
    return { name, site, look: () => readTracker(account, tracker) };
  };

  it.each([
    ['all is well', 'archived', 'success', undefined, undefined],
    ['the backup fails', 'intact', 'failure', failing('Backup Site'), undefined],
    ['the drop fails', 'intact', 'failure', failing('Archive Site'), undefined],
    ['the server is not reached', 'intact', 'failure', UNREACHED, undefined],
    ['both fail', 'intact', 'failure', failing('Backup Site'), PROXY_FAILS],
    ['neither is reached', 'untouched', 'delivery_failure', UNREACHED, UNREACHED],
    ['the proxy fails', 'dropped', 'fatal', undefined, PROXY_FAILS],
    ['the proxy is not reached', 'dropped', 'fatal', undefined, UNREACHED],
    ['the upload fails', 'not_dropped', 'fatal', failing('Upload Site Backup to S3'), undefined],
    ['the server is not reloaded', 'unfinished', 'failure', failing('Reload NGINX'), undefined],
  ] as const)('%s: %s', async (_what, standing, outcome, server, proxy) => {
    const { look } = await archive(server, proxy);
    expect(await look()).toMatchObject({ state: 'moving' });
    simulator.clock.advance(30 * MINUTE);
    expect(await look()).toMatchObject({ state: 'settled', outcome, evidence: { standing } });
  });

  it('moves on while the name is gone and its job still runs (observed C9)', async () => {
    const { site, look } = await archive();
    const isThere = () => simulator.estate().sites.some(({ name }) => name === site);
    while (isThere()) simulator.clock.advance(SECOND);
    expect(await look()).toMatchObject({ state: 'moving', step: { of: 5 } });
  });

  it('is judged only when both jobs have ended (observed-2 5)', async () => {
    const { site, look } = await archive({ kind: 'slow', factor: 100 }, PROXY_FAILS);
    const status = () => simulator.estate().sites.find(({ name }) => name === site)?.status;
    while (status() !== 'Broken') simulator.clock.advance(SECOND);
    // Activated now, it would be Broken again as soon as the other job ends.
    expect(await look()).toMatchObject({ state: 'moving' });
    simulator.clock.advance(300 * MINUTE);
    expect(await look()).toMatchObject({ outcome: 'fatal', evidence: { standing: 'dropped' } });
  });

  it('cannot go on when the agent has refused', async () => {
    const { look } = await archive({ kind: 'agent_refuses' });
    simulator.clock.advance(30 * MINUTE);
    expect(await look()).toMatchObject({
      state: 'moving',
      stuck: expect.stringMatching(/Pending for good/) as string,
      evidence: { standing: 'stranded', status: 'Pending' },
    });
  });

  it.each([
    ['before the site is dropped', 'Backup Site'],
    ['after it is dropped, and the name is gone', 'Reload NGINX'],
  ])('does not know whether the site is dropped when Press gave the job up %s', async (_, step) => {
    const { look } = await archive({ kind: 'hang', step });
    simulator.clock.advance(50 * 60 * MINUTE);
    expect(await look()).toMatchObject({
      state: 'settled',
      outcome: 'fatal',
      evidence: { status: 'Failure', standing: 'unknown' },
    });
  });

  it('is not misled by a younger site of the same name', async () => {
    const { name, look } = await archive();
    simulator.clock.advance(30 * MINUTE);
    await make(name);
    expect(await look()).toMatchObject({ outcome: 'success', evidence: { standing: 'archived' } });
  });
});
