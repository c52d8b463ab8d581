import { beforeEach, describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  archiveBench,
  archiveSite,
  benchTitleExists,
  deleteGroup,
  failureReason,
  getGroupDeploy,
  getReleaseGroup,
  getSite,
  isTitleTaken,
  listBenches,
  listBenchQueue,
  listBuilds,
  listGroupDeploys,
  listGroupJobs,
  listGroupsByTitle,
  newSite,
  optionsForNew,
  redeployGroup,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';

const HOUR_MS = 3_600_000;
const SUBDOMAIN = 'acme-own';
const SITE = 'acme-own.frappe.cloud';

describe('the private path against the simulator', () => {
  let sim: PressSimulator;
  let account: Account;

  beforeEach(async () => {
    ({ sim, account } = await simulatedPress());
  });

  function send() {
    return newSite(account.press, {
      name: SUBDOMAIN,
      apps: ['frappe', 'crm'],
      plan: 'USD 200 Private',
      cluster: 'Mumbai',
      version: 'Version 15',
      provider: 'AWS EC2',
    });
  }

  /** Sends the order; its name, and that of the group it made. */
  async function ordered() {
    const answer = await send();
    const name = 'site_group_deploy' in answer ? answer.site_group_deploy : '';
    const found = await getGroupDeploy(account.press, { name });
    const group = found.found === 'own' ? (found.deploy.release_group ?? '') : '';
    return { name, group };
  }

  const statusOf = async (name: string) =>
    (await listGroupDeploys(account.press, { names: [name] }))[0]?.status;

  it('orders, follows, and clears away a site with its bench', async () => {
    const { press } = account;
    const { providers } = await optionsForNew(press);
    expect(providers.map(({ name }) => name)).toContain('AWS EC2');
    expect(await benchTitleExists(press, { title: SUBDOMAIN })).toBe(false);

    const { name, group } = await ordered();
    expect(await listGroupDeploys(press, { subdomain: SUBDOMAIN })).toMatchObject([
      { name, status: 'Deploying Bench', site: null, release_group: group, title: SUBDOMAIN },
    ]);
    expect(await benchTitleExists(press, { title: SUBDOMAIN })).toBe(true);
    expect(await listGroupsByTitle(press, { title: SUBDOMAIN })).toMatchObject([{ name: group }]);
    expect(await listBuilds(press, { group })).toMatchObject([{ build_error: null }]);
    expect(isTitleTaken(await pressErrorOf(send()))).toBe(true);

    sim.clock.advance(HOUR_MS);
    expect(await getGroupDeploy(press, { name })).toMatchObject({
      deploy: { status: 'Site Created', site: SITE },
    });
    expect(await getSite(press, { site: SITE })).toMatchObject({
      site: { status: 'Active', group },
    });
    expect(await listBuilds(press, { group })).toMatchObject([{ status: 'Success' }]);
    expect(await listBenchQueue(press, { group })).toMatchObject([{ status: 'Started' }]);
    expect(await listBenches(press, { group })).toMatchObject([{ status: 'Active', group }]);
    expect(await listGroupJobs(press, { group, job_types: ['New Bench'] })).toMatchObject([
      { status: 'Success' },
    ]);

    expect(await pressErrorOf(deleteGroup(press, { group }))).toMatchObject({
      code: 'REFUSED',
      excType: 'ArchiveBenchError',
    });
    const how = { reason: 'op-1', force: true, create_offsite_backup: false };
    await archiveSite(press, { site: SITE, ...how });
    sim.clock.advance(HOUR_MS);
    await deleteGroup(press, { group });
    expect(await getReleaseGroup(press, { group })).toMatchObject({
      group: { status: 'Disabled', title: `${SUBDOMAIN}.archived` },
    });
    sim.clock.advance(HOUR_MS);
    expect(await listBenches(press, { group })).toEqual([]);
    expect(await listGroupsByTitle(press, { title: SUBDOMAIN })).toEqual([]);
    expect(await listGroupDeploys(press, { subdomain: SUBDOMAIN })).toEqual([]);
    expect(await listGroupDeploys(press, { names: [name] })).toMatchObject([
      { site: `${SITE}.archived` },
    ]);
  });

  it('reads why a build failed; a redeploy goes on with the order', async () => {
    const { press } = account;
    sim.addFault({
      build: { subdomain: SUBDOMAIN },
      fault: { kind: 'fail', error: 'yarn: out of memory' },
    });
    const { name, group } = await ordered();
    sim.clock.advance(HOUR_MS);
    expect(await statusOf(name)).toBe('Bench Deploy Failed');
    const [build] = await listBuilds(press, { group });
    expect(build?.status).toBe('Failure');
    expect(build?.build_error).toContain('out of memory');

    await redeployGroup(press, { group });
    sim.clock.advance(HOUR_MS);
    expect(await statusOf(name)).toBe('Site Created');
    expect(await listBuilds(press, { group })).toMatchObject([
      { status: 'Success' },
      { status: 'Failure' },
    ]);
  });

  it('clears away a bench that never came up', async () => {
    const { press } = account;
    sim.addFault({
      job: { jobType: 'New Bench', subdomain: SUBDOMAIN },
      fault: { kind: 'fail_step', step: 'Initialize Bench' },
    });
    const { name, group } = await ordered();
    sim.clock.advance(HOUR_MS);
    expect(await statusOf(name)).toBe('Bench Deploy Failed');
    const [job] = await listGroupJobs(press, { group, job_types: ['New Bench'] });
    const reason = await failureReason(press, { job: job?.name ?? '', group });
    expect(reason?.step).toBe('Initialize Bench');
    expect(reason?.text).not.toBe('');

    await deleteGroup(press, { group });
    const [bench] = await listBenches(press, { group });
    expect(bench?.status).toBe('Broken');
    await archiveBench(press, { bench: bench?.name ?? '' });
    sim.clock.advance(HOUR_MS);
    expect(await listBenches(press, { group })).toEqual([]);
  });

  it('finds an order whose answer was lost', async () => {
    sim.addFault({ call: { method: 'press.api.site.new' }, fault: { kind: 'lose_answer' } });
    expect(await pressErrorOf(send())).toMatchObject({ code: 'CONNECTION_LOST', sent: 'maybe' });
    const found = await listGroupDeploys(account.press, { subdomain: SUBDOMAIN });
    expect(found).toMatchObject([{ status: 'Deploying Bench' }]);
  });
});
