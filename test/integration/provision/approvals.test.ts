import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationRule } from '../../../src/domain/policy.js';
import type { ProvisionSiteInput } from '../../../src/client.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, effectsOn, endOf, eventually, makeSite, siteIn } from './support.js';

const HOUR = 3_600_000;

/** What the policy of these tests asks for, by who requests. */
const asks = (
  requester: string,
  quorum: Record<string, number>,
  times: { expiresAfterMs?: number; escalateAfterMs?: number } = {},
): OperationRule => ({
  name: `asked for ${requester}`,
  when: { requestedBy: [requester] },
  approval: { quorum, expiresAfterMs: HOUR, escalateAfterMs: HOUR, ...times },
});

describe('the approval of a provision', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      policy: {
        people: {
          kim: ['operator'],
          lee: ['operator'],
          pat: ['finance'],
          sam: ['operator', 'finance'],
          shop: ['operator'],
        },
        provision: [
          asks('shop', { operator: 1 }),
          asks('boss', { operator: 1, finance: 1 }),
          asks('hurried', { operator: 1 }, { expiresAfterMs: 2_500, escalateAfterMs: 500 }),
        ],
      },
    });
  });
  afterAll(() => harness.close());

  const waiting = async (change: Partial<ProvisionSiteInput> = {}) => {
    const input = harness.input({ requestedBy: 'shop', subdomain: aName(), ...change });
    const { workflowId, operationId, site } = await harness.client.provision(input);
    const status = await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    return { workflowId, operationId, site, planHash: status.plan?.hash ?? '' };
  };

  it.concurrent(
    'comes by a signal of any SDK; meanwhile it can be searched for',
    async ({ expect }) => {
      const { workflowId, operationId, planHash, site } = await waiting();
      const { workflow } = harness.client.temporal;
      const query = `OperationStatus = "waiting_approval" AND WaitingFor = "operator" AND OperationId = "${operationId}"`;
      await expect.poll(() => workflow.count(query)).toMatchObject({ count: 1 });
      expect(effectsOn(harness, site)).toEqual([]);
      await workflow.getHandle(workflowId).signal('approve', { operationId, planHash, by: 'kim' });
      await endOf(harness, workflowId, 'succeeded');
    },
  );

  it.concurrent('counts only from the right people, on the right plan', async ({ expect }) => {
    const { workflowId, operationId } = await waiting();
    const { client } = harness;
    const decide = async (by: string, planHash?: string) => {
      const { reason } = await client.approve(workflowId, { by, ...(planHash && { planHash }) });
      return reason;
    };
    expect(await decide('shop')).toBe('nobody approves their own request');
    expect(await decide('mallory')).toBe('mallory is not known to the policy');
    expect(await decide('pat')).toBe('pat has none of the roles operator');
    expect(await decide('kim', 'deadbeef')).toMatch(/it approves plan deadbeef, the plan now is/);
    expect(await client.status(workflowId)).toMatchObject({ state: 'waiting_approval' });
    expect(await decide('kim')).toBe('recorded');
    await endOf(harness, workflowId, 'succeeded');

    const decisions = await harness.ledger.decisionsOf(operationId);
    expect(decisions.map(({ by, accepted }) => [by, accepted])).toEqual([
      ['shop', false],
      ['mallory', false],
      ['pat', false],
      ['kim', false],
      ['kim', true],
    ]);
    expect(await client.approve(workflowId, { by: 'lee' })).toEqual({
      accepted: false,
      reason: 'the operation has ended',
    });
  });

  it.concurrent('of two roles takes two people, whoever has both', async ({ expect }) => {
    const { workflowId } = await waiting({ requestedBy: 'boss' });
    const { client } = harness;
    await client.approve(workflowId, { by: 'sam' });
    expect((await client.approve(workflowId, { by: 'sam' })).reason).toBe(
      'sam has approved already',
    );
    expect(await client.status(workflowId)).toMatchObject({
      state: 'waiting_approval',
      approval: { missing: [expect.any(String)] },
    });
    await client.approve(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'succeeded');
  });

  it.concurrent('may be a rejection, with its reason; nothing is touched', async ({ expect }) => {
    const { workflowId, site } = await waiting();
    await harness.client.reject(workflowId, { by: 'kim', reason: 'too dear' });
    const result = await endOf(harness, workflowId, 'rejected');
    expect(result.reason).toBe('rejected by kim: too dear');
    expect(effectsOn(harness, site)).toEqual([]);
  });

  it.concurrent('expires, and calls for attention before', async ({ expect }) => {
    const { workflowId, operationId } = await waiting({ requestedBy: 'hurried' });
    const status = await harness.until(workflowId, ({ needsAttention }) => needsAttention);
    expect(status).toMatchObject({ state: 'waiting_approval' });
    const result = await endOf(harness, workflowId, 'expired');
    expect(result.reason).toBe('nobody approved in time');
    const events = await harness.ledger.events(operationId);
    expect(events.filter(({ type }) => type === 'operation.attention')).toHaveLength(1);
    expect(harness.notifications.filter((told) => told.operationId === operationId)).toHaveLength(
      1,
    );
  });

  it.concurrent('does not help when the name is taken meanwhile', async ({ expect }) => {
    const subdomain = aName();
    const { workflowId, site } = await waiting({ subdomain });
    await makeSite(harness, 'other', subdomain);
    await harness.client.approve(workflowId, { by: 'kim' });
    const result = await endOf(harness, workflowId, 'refused');
    expect(result.reason).toMatch(/taken by another team/);
    expect(siteIn(harness, site)?.team).toBe(harness.simulator.accounts.other.team);
  });

  it.concurrent(
    'can be taken back before the first effect, even at the last gate',
    async ({ expect }) => {
      const subdomain = aName();
      const { workflowId, site } = await waiting({ subdomain });
      // The plan that is made again under the lock takes its time, so that a hold is there before.
      harness.simulator.addFault({
        call: { method: 'press.api.client.get', body: { doctype: 'Site', name: site } },
        fault: { kind: 'delay', seconds: 900 },
      });
      await harness.client.approve(workflowId, { by: 'kim' });
      await eventually(async () =>
        (await harness.ledger.locks()).some(({ resource }) => resource.includes(site)),
      );
      await harness.client.hold(workflowId, { by: 'lee' });
      harness.simulator.clock.advance(900_000);
      await harness.until(workflowId, ({ state }) => state === 'held');
      expect(await harness.client.reject(workflowId, { by: 'kim' })).toMatchObject({
        accepted: true,
      });
      await harness.client.resume(workflowId, { by: 'lee' });
      await endOf(harness, workflowId, 'rejected');
      expect(effectsOn(harness, site)).toEqual([]);
    },
  );

  // Last and alone: it changes what Press offers to everybody.
  it('is void when the plan changes, and is asked for again', async () => {
    const { workflowId, planHash, site } = await waiting();
    const method = 'press.api.site.get_new_site_options';
    const offered = await harness.press('main', method, {});
    const swapped = JSON.parse(
      JSON.stringify(offered)
        .replaceAll('Mumbai', '\0')
        .replaceAll('Frankfurt', 'Mumbai')
        .replaceAll('\0', 'Frankfurt'),
    ) as never;
    const body = { message: swapped };
    harness.simulator.addFault({
      call: { method },
      fault: { kind: 'wrong_shape', body },
      times: 'always',
    });
    await harness.client.approve(workflowId, { by: 'kim' });
    const again = await harness.until(
      workflowId,
      ({ state, plan }) => state === 'waiting_approval' && plan?.hash !== planHash,
    );
    expect(again).toMatchObject({
      reason: 'the plan changed after it was approved: it must be approved again',
      approval: { counted: [], missing: ['operator'] },
    });
    expect(await harness.ledger.locks()).toEqual([]);
    expect(effectsOn(harness, site)).toEqual([]);
    await harness.client.approve(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'succeeded');
    const bench = siteIn(harness, site)?.bench;
    expect(bench).toMatch(/frankfurt/);
  });
});

describe('where unsigned decisions do not count', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ policy: { unsignedDecisions: 'deny' } });
  });
  afterAll(() => harness.close());

  it('nobody can approve by name alone', async () => {
    const { workflowId } = await harness.client.provision(harness.input({ plan: 'USD 100' }));
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    expect(await harness.client.approve(workflowId, { by: 'kim' })).toEqual({
      accepted: false,
      reason: 'unsigned decisions do not count here (policy: unsignedDecisions)',
    });
    await harness.client.cancel(workflowId, { by: 'ops' });
    await endOf(harness, workflowId, 'cancelled');
  });
});
