import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeGroup, OWN_APP } from '../deploy-bench/support.js';
import { endOf, siteIn } from '../provision/support.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { anActiveSite, startUpgrade, upgrade } from '../upgrade/support.js';
import { FREE, OWN, PUBLIC, titled } from './support.js';

describe('the plan of an upgrade with a bench of its own', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ speed: 400, policy: FREE });
  });
  afterAll(() => harness.close());

  const planOf = async (workflowId: string) => {
    await endOf(harness, workflowId, 'planned');
    const { plan } = await harness.client.status(workflowId);
    if (plan === null) throw new Error('there is no plan');
    return plan;
  };

  /** A site with an app from a repository of its own, of which `version-16` is for Version 16. */
  async function withOwnApp(): Promise<string> {
    const { title, sites } = await makeGroup(harness, { sites: 1 });
    harness.simulator.setBranches(`acme/${title}`, {
      main: ['Version 15'],
      'version-16': ['Version 16'],
    });
    return sites[0] ?? '';
  }

  it.concurrent('tells the group, its steps and what the site plan thinks of it', async () => {
    const site = await anActiveSite(harness, OWN);
    const plan = await planOf(await startUpgrade(harness, site, { newBench: {}, dryRun: true }));
    expect(plan.summary).toContain(`a new bench "${site} Version 16"`);
    expect(plan.material.steps.map(({ name }) => name)).toEqual([
      'new group',
      'add apps',
      'build bench',
      'add server',
      'backup',
      'safety copy',
      'upgrade',
      'verify',
    ]);
    expect(plan.material.target).toMatchObject({
      path: 'new_bench',
      newBench: { title: `${site} Version 16`, apps: ['erpnext'], ownServer: null },
    });
    expect(plan.resources).toEqual([`site:${site}`, `title:${site} Version 16`]);
    expect(plan.checks.filter(({ result }) => result === 'fail')).toEqual([]);
  });

  it.concurrent('has Press make it for a site on a public bench', async () => {
    const site = await anActiveSite(harness, PUBLIC);
    const plan = await planOf(await startUpgrade(harness, site, { newBench: {}, dryRun: true }));
    expect(plan.material.target).toMatchObject({ path: 'new_bench_by_press' });
    expect(plan.material.steps[0]?.name).toBe('order bench');
    expect(plan.material.mayLose).toEqual([
      'what is written between the copy and the upgrade, if the copy is needed',
    ]);
  });

  it.concurrent('begins early enough for Press to begin in the window', async () => {
    const site = await anActiveSite(harness, PUBLIC);
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const plan = await planOf(
      await startUpgrade(harness, site, { newBench: {}, dryRun: true, at }),
    );
    const early = Date.parse(at) - Date.parse(plan.notBefore ?? '');
    expect(early).toBe(harness.deps.timing.benchRoom);
  });

  it.concurrent('wants a branch for each app of ones own', async () => {
    const site = await withOwnApp();
    const { reason } = await upgrade(harness, site, 'refused', { newBench: {} });
    expect(reason).toMatch(/name a branch for the next version of shop_app \(https:.+\)/);
  });

  it.concurrent('takes apps of ones own from their branches', async () => {
    const site = await withOwnApp();
    const branches = { [OWN_APP]: 'version-16' };
    await upgrade(harness, site, 'succeeded', { newBench: {}, branches });
    const [group] = titled(harness, `${site} Version 16`);
    expect(group?.apps).toEqual(['frappe', 'erpnext', OWN_APP]);
    expect(siteIn(harness, site)).toMatchObject({ status: 'Active', group: group?.name });
  });

  it.concurrent('goes back when a branch is for another version', async () => {
    const site = await withOwnApp();
    const branches = { [OWN_APP]: 'main' };
    const { reason } = await upgrade(harness, site, 'rolled_back', { newBench: {}, branches });
    expect(reason).toMatch(/not supported by branch main|Version 16/);
    expect(titled(harness, `${site} Version 16`)).toEqual([]);
  });

  it.concurrent('knows no apps that the site does not have', async () => {
    const site = await anActiveSite(harness, OWN);
    const branches = { shop_app: 'main' };
    const { reason } = await upgrade(harness, site, 'refused', { newBench: {}, branches });
    expect(reason).toContain('no custom apps of the site: shop_app');
  });
});
