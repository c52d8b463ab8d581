import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { OperationHandle } from '../../../src/client.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, occupy } from '../provision/support.js';
import { actOn } from '../safety-copy/support.js';
import { ask, aSite, doneTo } from './support.js';

describe('while the DNS of a domain is waited for', () => {
  let harness: Harness;
  beforeAll(async () => {
    // What DNS says is shown anew while a test waits.
    harness = await startHarness({ timing: { softLimit: 2_000 } });
  });
  afterAll(() => harness.close());

  /** Asks for a domain without DNS, and answers once it is waited for and the site is left. */
  async function waiting(site: string) {
    const domain = `${randomUUID()}.example.com`;
    const handle = await ask(harness, 'add-domain', site, { domain });
    const status = await harness.until(handle.workflowId, ({ choices }) =>
      choices.includes('give_up'),
    );
    return { domain, handle, status };
  }

  const points = (domain: string, site: string): void =>
    harness.simulator.setDns(domain, { CNAME: [site] });

  const queued = ({ workflowId }: OperationHandle) =>
    harness.until(workflowId, ({ state }) => state === 'queued');

  const locksOf = async ({ operationId }: OperationHandle): Promise<readonly string[]> =>
    (await harness.ledger.locks())
      .filter((lock) => lock.operationId === operationId)
      .map(({ resource }) => resource);

  it.concurrent('others have the site, and it says what is to be set', async ({ expect }) => {
    const site = await aSite(harness);
    const { domain, handle, status } = await waiting(site);
    expect(await locksOf(handle)).toEqual([`domain:${domain}`]);
    expect(status.plan?.summary).toMatch(
      new RegExp(`as soon as its DNS says CNAME ${site}, or A \\d+\\.`),
    );
    const step = status.steps.find(({ name }) => name === 'dns');
    expect(step?.detail).toMatch(new RegExp(`^set CNAME ${site}, or A .*; now: .*exist`));

    harness.simulator.setDns(domain, { CNAME: [site], AAAA: ['2001:db8::1'] });
    await harness.until(handle.workflowId, ({ steps }) =>
      steps.some(({ detail = '' }) => detail.includes('AAAA record')),
    );

    const who = { account: 'main', requestedBy: 'ops', site };
    const backup = await harness.client.start('backup', who);
    await endOf(harness, backup.workflowId, 'succeeded');
    const link = await harness.client.start('login-link', who);
    await endOf(harness, link.workflowId, 'succeeded');

    points(domain, site);
    await endOf(harness, handle.workflowId, 'succeeded');
    expect(doneTo(harness, site)).toContain('domain.add');
    expect(await locksOf(handle)).toEqual([]);
  });

  it.concurrent('another one for the same domain queues', async ({ expect }) => {
    const site = await aSite(harness);
    const { domain, handle } = await waiting(site);
    const second = await ask(harness, 'add-domain', site, { domain });
    const { waiting: behind } = await queued(second);
    expect(behind?.what).toContain(`held by add-domain ${handle.operationId}`);
    points(domain, site);
    await endOf(harness, handle.workflowId, 'succeeded');
    expect(await endOf(harness, second.workflowId, 'refused')).toMatchObject({
      reason: expect.stringContaining(`${domain} is unavailable`) as string,
    });
    expect(doneTo(harness, site)).toEqual(['domain.add']);
  });

  it.concurrent(
    'its turn comes after whoever has the site; held, it takes nothing',
    async ({ expect }) => {
      const site = await aSite(harness);
      const { domain, handle } = await waiting(site);
      const leave = await occupy(harness, site);
      points(domain, site);
      const { waiting: behind } = await queued(handle);
      expect(behind?.what).toContain('the lock, held by');
      expect(behind?.until).toBeDefined();

      await harness.client.hold(handle.workflowId, { by: 'kim' });
      await harness.until(handle.workflowId, ({ state }) => state === 'held');
      await leave();
      expect(await locksOf(handle)).toEqual([`domain:${domain}`]);
      await harness.client.resume(handle.workflowId, { by: 'kim' });
      await endOf(harness, handle.workflowId, 'succeeded');
    },
  );

  it.concurrent('it can be cancelled in the queue', async ({ expect }) => {
    const site = await aSite(harness);
    const { domain, handle } = await waiting(site);
    const leave = await occupy(harness, site);
    points(domain, site);
    await queued(handle);
    await harness.client.cancel(handle.workflowId, { by: 'kim' });
    await endOf(harness, handle.workflowId, 'cancelled');
    await leave();
    expect(doneTo(harness, site)).toEqual([]);
  });

  it.concurrent('the plan is made again: what others did meanwhile counts', async ({ expect }) => {
    const site = await aSite(harness);
    const { domain, handle } = await waiting(site);
    await actOn(harness, site, 'deactivate');
    points(domain, site);
    expect(await endOf(harness, handle.workflowId, 'refused')).toMatchObject({
      reason: expect.stringMatching(/Inactive/) as string,
    });
    expect(doneTo(harness, site)).not.toContain('domain.add');
  });

  it.concurrent('the site may be archived', async ({ expect }) => {
    const site = await aSite(harness);
    const { handle } = await waiting(site);
    await harness.press('main', 'press.api.site.archive', { name: site, force: true });
    expect(await endOf(harness, handle.workflowId, 'refused')).toMatchObject({
      reason: expect.stringMatching(/^while DNS was waited for: /) as string,
    });
  });
});
