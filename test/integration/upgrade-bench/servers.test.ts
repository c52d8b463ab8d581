import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { callsOf, siteIn } from '../provision/support.js';
import { anActiveSite, upgrade } from '../upgrade/support.js';
import { benchesOf, FREE, OWN, titled } from './support.js';

const SHARED_SERVER = 'f1-mumbai.frappe.cloud';
const ADD_SERVER = 'press.api.site.add_server_to_release_group';

describe('an upgrade with a bench of its own', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, policy: FREE });
    // Press takes any server of the cluster for a new group: another one than that of the site.
    harness.simulator.putServer(SHARED_SERVER, { forNewBenches: false });
    harness.simulator.putServer('f2-mumbai.frappe.cloud', { cluster: 'Mumbai' });
  });
  afterAll(() => harness.close());

  it.concurrent('brings a bench that landed elsewhere to the server of the site', async () => {
    const site = await anActiveSite(harness, OWN);
    const title = `own ${site}`;
    await upgrade(harness, site, 'succeeded', { newBench: { title } });
    expect(callsOf(harness, ADD_SERVER, site)).toBe(1);
    const servers = benchesOf(harness, title).map(({ server }) => server);
    expect(servers.sort()).toEqual([SHARED_SERVER, 'f2-mumbai.frappe.cloud']);
    const [group] = titled(harness, title);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: group?.name });
  });

  it.concurrent('drops both benches when the one there cannot be put up', async () => {
    const site = await anActiveSite(harness, OWN);
    const title = `own ${site}`;
    harness.simulator.addFault({
      job: { jobType: 'New Bench', title },
      fault: { kind: 'fail_step', step: 'Deploy Bench' },
      nth: 2,
    });
    await upgrade(harness, site, 'rolled_back', { newBench: { title } });
    expect(titled(harness, title)).toEqual([]);
    expect(benchesOf(harness, title)).toEqual([]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: OWN.group });
  });

  it.concurrent('builds on a dedicated server of ours at once', async () => {
    const server = 'f9-mumbai.frappe.cloud';
    const site = await anActiveSite(harness, {
      version: 'Version 15',
      plan: 'USD 25',
      group: undefined,
      server,
    });
    expect(siteIn(harness, site)?.bench).toContain('f9-mumbai');
    const title = `own ${site}`;
    await upgrade(harness, site, 'succeeded', { newBench: { title } });
    expect(callsOf(harness, ADD_SERVER, site)).toBe(0);
    expect(benchesOf(harness, title)).toMatchObject([{ server, status: 'Active' }]);
  });
});
