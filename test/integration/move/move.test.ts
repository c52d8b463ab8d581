import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.js';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf, makeActive, siteIn } from '../provision/support.js';
import { approveBy, copyOf } from '../safety-copy/support.js';
import { PATIENT } from '../upgrade/support.js';
import { FREE, OWN_GROUP, OWN_SERVER, PUBLIC_GROUP, SHARED_SERVER, startMove } from './support.js';

const BUDGET = { events: 250, actions: 45 };

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ speed: 400, timing: PATIENT, policy: FREE });
});
afterAll(() => harness.close());

const refusal = (text: RegExp) => ({ reason: expect.stringMatching(text) as string });

describe('a move', () => {
  it.concurrent('into a group of ours on the same server', async () => {
    const site = await makeActive(harness);
    const { workflowId } = await startMove(harness, site);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ group: OWN_GROUP, server: SHARED_SERVER, status: 'Active' });
    expect(siteIn(harness, site)).toMatchObject({ group: OWN_GROUP, status: 'Active' });
    expect(details['safetyCopy']).toBe((await copyOf(harness, site)).handle);
    const run = await harness.client.temporal.workflow.getHandle(workflowId).fetchHistory();
    const cost = costOf(run.events ?? []);
    expect(cost.events).toBeLessThanOrEqual(BUDGET.events);
    expect(cost.actions).toBeLessThanOrEqual(BUDGET.actions);
  });

  it.concurrent('to another region, within its group', async () => {
    const site = await makeActive(harness);
    const { workflowId } = await startMove(harness, site, { cluster: 'Frankfurt' });
    const { details } = await endOf(harness, workflowId, 'succeeded');
    expect(details).toMatchObject({ cluster: 'Frankfurt', group: PUBLIC_GROUP, plan: 'USD 25' });
  });

  it.concurrent('to a server of ours, where Press builds a bench, and sets the plan', async () => {
    const site = await makeActive(harness, undefined, { group: OWN_GROUP });
    const { workflowId } = await startMove(harness, site, { server: OWN_SERVER });
    const { exceptions, details } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(details).toMatchObject({ group: OWN_GROUP, server: OWN_SERVER, plan: 'Unlimited' });
    expect(exceptions).toEqual(['verify: its plan is Unlimited now, not USD 25']);
    const { plan } = await harness.client.status(workflowId);
    expect(plan?.material.mayLose).toContainEqual(expect.stringMatching(/^its plan USD 25/));
  });

  it.concurrent.each([
    [
      'where it stands',
      { group: PUBLIC_GROUP, server: SHARED_SERVER },
      /it stands there already; bench groups: /,
    ],
    ['to its own region', { cluster: 'Mumbai' }, /it stands in Mumbai already; regions: /],
    [
      'to a region without a bench',
      { cluster: 'Singapore' },
      /does not offer Singapore; regions: Frankfurt/,
    ],
    [
      'into a group of another version',
      { group: 'bench-0003' },
      /Press offers bench-0004 \(.+, on /,
    ],
    ['to a server, of a site on a public bench', { server: OWN_SERVER }, /bench group of ours/],
    [
      'to a server of somebody else',
      { group: OWN_GROUP, server: 'f8-nowhere.frappe.cloud' },
      /no server of this team, .*; servers: .*; regions: Frankfurt/,
    ],
  ])('%s is refused', async (_, change, text) => {
    const site = await makeActive(harness);
    const before = effectsOn(harness, site);
    const { workflowId } = await startMove(harness, site, change);
    expect(await endOf(harness, workflowId, 'refused')).toMatchObject(refusal(text));
    expect(effectsOn(harness, site)).toEqual(before);
  });

  it('wants either a bench or a region', async () => {
    const nowhere = startMove(harness, 'shop.example.com', {});
    await expect(nowhere).rejects.toThrow(InvalidInput);
    const both = startMove(harness, 'shop.example.com', { group: 'a', cluster: 'b' });
    await expect(both).rejects.toThrow(InvalidInput);
  });

  it('asks whom policy names', async () => {
    const asking = await startHarness({ speed: 400, timing: PATIENT });
    try {
      const site = await makeActive(asking);
      const handle = await startMove(asking, site);
      await approveBy(asking, handle, ['kim']);
      await endOf(asking, handle.workflowId, 'succeeded');
    } finally {
      await asking.close();
    }
  });
});
