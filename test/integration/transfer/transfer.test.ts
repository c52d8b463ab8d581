import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationHandle, TransferSiteInput } from '../../../src/client.js';
import { InvalidInput } from '../../../src/errors.js';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { callsOf, effectsOn, endOf, eventually, siteIn } from '../provision/support.js';
import { approveBy, liveSite } from '../safety-copy/support.js';
import { aGroup } from '../upgrade/groups.js';
import { anActiveSite } from '../upgrade/support.js';

/** D 11: what a small operation may cost; here with the approvals of two people. */
const BUDGET = 20;
const TWO_APPROVALS = 8;

let harness: Harness;
beforeAll(async () => {
  // Reminders come while a test waits.
  harness = await startHarness({ timing: { reminder: 1_000 } });
});
afterAll(() => harness.close());

async function start(site: string, change: Partial<TransferSiteInput> = {}) {
  const handle = await harness.client.start('transfer', {
    account: 'main',
    requestedBy: 'ops',
    site,
    to: harness.simulator.accounts.other.user,
    reason: 'as agreed',
    ...change,
  });
  await approveBy(harness, handle);
  return handle;
}

const requested = ({ site }: OperationHandle): Promise<void> =>
  eventually(() => effectsOn(harness, site).includes('site.transfer_request'));

const locksOn = async (site: string): Promise<readonly string[]> =>
  (await harness.ledger.locks())
    .map(({ resource }) => resource)
    .filter((resource) => resource.endsWith(`:${site}`));

describe('a transfer', () => {
  it.concurrent('ends when the other team has followed its link', async () => {
    const site = await liveSite(harness);
    const handle = await start(site);
    await requested(handle);
    harness.simulator.confirmTransfer(site);
    const { details } = await endOf(harness, handle.workflowId, 'succeeded');
    expect(details).toMatchObject({ to: harness.simulator.accounts.other.user });
    expect(siteIn(harness, site)?.team).toBe(harness.simulator.accounts.other.team);
    expect(callsOf(harness, 'press.api.site.running_jobs', site)).toBe(2);
    const run = await harness.client.temporal.workflow.getHandle(handle.workflowId).fetchHistory();
    const { actions } = costOf(run.events ?? []);
    expect(actions).toBeLessThanOrEqual(BUDGET + TWO_APPROVALS);
  });

  it.concurrent('leaves the site to all but another transfer while it waits', async () => {
    const site = await liveSite(harness);
    const handle = await start(site);
    await harness.until(handle.workflowId, ({ choices }) => choices.includes('give_up'));
    expect(await locksOn(site)).toEqual([`transfer:${site}`]);
    const who = { account: 'main', requestedBy: 'ops', site };
    const backup = await harness.client.start('backup', who);
    await endOf(harness, backup.workflowId, 'succeeded');
    const second = await start(site, { ifBusy: 'refuse' });
    expect(await endOf(harness, second.workflowId, 'refused')).toMatchObject({
      reason: expect.stringContaining(`held by transfer ${handle.operationId}`) as string,
    });
    const { plan } = await harness.client.status(second.workflowId);
    expect(plan?.checks).toContainEqual({
      name: 'another transfer',
      result: 'warn',
      detail: `${handle.operationId} waits for its receiver: this queues behind it, and not for weeks`,
    });
    expect(await locksOn(site)).toEqual([`transfer:${site}`]);
    harness.simulator.confirmTransfer(site);
    await endOf(harness, handle.workflowId, 'succeeded');
    expect(await locksOn(site)).toEqual([]);
  });

  it.concurrent('reminds people, and cannot be cancelled', async () => {
    const site = await liveSite(harness);
    const handle = await start(site);
    await requested(handle);
    const { needsAttention } = await harness.until(
      handle.workflowId,
      (status) => status.needsAttention,
    );
    expect(needsAttention).toBe(true);
    await eventually(async () => {
      const events = await harness.ledger.events(handle.operationId);
      const reminder = events.find(({ type }) => type === 'operation.attention');
      return /has not followed the link/.test(JSON.stringify(reminder?.data));
    });
    expect(await harness.client.cancel(handle.workflowId, { by: 'kim' })).toMatchObject({
      accepted: false,
    });
    harness.simulator.confirmTransfer(site);
    await endOf(harness, handle.workflowId, 'succeeded');
  });

  it.concurrent('that nobody confirms is abandoned, and says that the link works', async () => {
    const site = await liveSite(harness);
    const { workflowId } = await start(site, { patienceDays: 1 / 86_400 });
    expect(await endOf(harness, workflowId, 'abandoned')).toMatchObject({
      reason: expect.stringMatching(/not confirmed in time: .* cannot be withdrawn/) as string,
    });
    expect(siteIn(harness, site)?.team).toBe(harness.simulator.accounts.main.team);
  });

  it.concurrent('can be given up while it is waited for', async () => {
    const site = await liveSite(harness);
    const handle = await start(site);
    await requested(handle);
    await harness.until(handle.workflowId, ({ choices }) => choices.includes('give_up'));
    await harness.client.resolve(handle.workflowId, 'give_up', { by: 'kim' });
    expect(await endOf(harness, handle.workflowId, 'abandoned')).toMatchObject({
      reason: expect.stringMatching(/given up by kim: .* still works/) as string,
    });
  });

  it.concurrent('lists the bench group, which stays ours', async () => {
    const group = await aGroup(harness, { title: `own-${Date.now()}` });
    const site = await anActiveSite(harness, { group, version: 'Version 16' });
    const handle = await start(site);
    const { plan } = await harness.client.status(handle.workflowId);
    expect(plan?.material.mayLose).toContainEqual(expect.stringContaining(`${group} stays ours`));
    await requested(handle);
    harness.simulator.confirmTransfer(site);
    const { exceptions } = await endOf(harness, handle.workflowId, 'succeeded_with_exceptions');
    expect(exceptions).toMatchObject([expect.stringMatching(/^bench group: /) as string]);
  });

  it.concurrent('to a login that owns no team is refused in words that say so', async () => {
    const site = await liveSite(harness);
    const { workflowId } = await start(site, { to: 'nobody@acme.example' });
    expect(await endOf(harness, workflowId, 'refused')).toMatchObject({
      reason: expect.stringMatching(
        /nobody at Frappe Cloud owns a team with the login nobody@acme.example \(--to\)/,
      ) as string,
    });
  });

  it('is given to the owner of a team', async () => {
    const input = { account: 'main', requestedBy: 'ops', site: 'shop.example.com', to: 'acme' };
    await expect(harness.client.start('transfer', input)).rejects.toThrow(InvalidInput);
  });
});
