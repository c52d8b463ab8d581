import { afterAll, beforeAll, describe, it } from 'vitest';
import type { ProvisionRule } from '../../../src/domain/policy.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { holdSite, startAndAsk } from './holding.js';
import { aName, effectsOn, endOf, fullName, makeSite } from './support.js';

const HOUR = 3_600_000;

const asks = (requestedBy: string, times: { expires?: number; escalates?: number } = {}) => ({
  name: `asks for ${requestedBy}`,
  when: { requestedBy: [requestedBy] },
  approval: {
    quorum: { operator: 1 },
    expiresAfterMs: times.expires ?? HOUR,
    escalateAfterMs: times.escalates ?? HOUR,
  },
});

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    policy: {
      people: { '*': ['operator'] },
      provision: [
        asks('hasty', { expires: 600 }),
        asks('patient', { escalates: 300 }),
        asks('crm'),
        asks('erp'),
        asks('web'),
      ],
    },
  });
});
afterAll(() => harness.close());

/** Puts rules in front, as a worker that starts with a newer policy file has them. */
const addRules = (...rules: readonly ProvisionRule[]) => {
  const { policy } = harness.deps;
  Object.assign(policy, { provision: [...rules, ...policy.provision] });
};
const locksOf = async (operationId: string) =>
  (await harness.ledger.locks()).filter((lock) => lock.operationId === operationId);

describe('nobody decides', () => {
  it.concurrent('an approval expires, and nothing was sent', async ({ expect }) => {
    const { workflowId, site } = await startAndAsk(harness, { requestedBy: 'hasty' });
    const result = await endOf(harness, workflowId, 'expired');
    expect(result.reason).toBe('nobody approved in time');
    expect(effectsOn(harness, site)).toEqual([]);
  });

  it.concurrent(
    'calls for attention, once, and goes on when somebody approves',
    async ({ expect }) => {
      const { workflowId, operationId, site } = await startAndAsk(harness, {
        requestedBy: 'patient',
      });
      await harness.until(workflowId, ({ needsAttention }) => needsAttention);
      const listed = () => harness.client.list({ site, needsAttention: true });
      await expect
        .poll(listed, { timeout: 30_000 })
        .toMatchObject([{ workflowId, state: 'waiting_approval', waitingFor: ['operator'] }]);
      const raised = () =>
        harness.notifications.filter((notification) => notification.operationId === operationId);
      await expect
        .poll(raised)
        .toMatchObject([{ message: expect.stringMatching(/^approval: nobody/) as string }]);
      expect(await harness.ledger.getOperation(operationId)).toMatchObject({
        state: 'waiting_approval',
        needsAttention: true,
      });
      await harness.client.approve(workflowId, { by: 'dana' });
      await endOf(harness, workflowId, 'succeeded');
      expect(raised()).toHaveLength(1);
      expect(await harness.client.status(workflowId)).toMatchObject({ needsAttention: false });
      await expect.poll(listed, { timeout: 30_000 }).toEqual([]);
    },
  );
});

describe('the world changes while people think', () => {
  it.concurrent(
    'the name is taken by somebody else: refused in spite of the approval',
    async () => {
      const subdomain = aName();
      const { workflowId, site } = await startAndAsk(harness, { subdomain, requestedBy: 'crm' });
      await makeSite(harness, 'other', subdomain);
      await harness.client.approve(workflowId, { by: 'dana' });
      const result = await endOf(harness, workflowId, 'refused');
      expect(result.reason).toMatch(/taken by another team/);
      expect(effectsOn(harness, site)).toEqual(['site.create']);
    },
  );

  it.concurrent(
    'another plan than the approved one has to be approved anew',
    async ({ expect }) => {
      const first = await startAndAsk(harness, { requestedBy: 'erp' });
      const { workflowId, operationId, site } = first;
      addRules({ ...asks('erp'), name: 'asks for erp, since Monday' });
      await harness.client.approve(workflowId, { by: 'dana' });
      const status = await harness.until(
        workflowId,
        ({ plan, approval }) => plan?.hash !== first.planHash && approval?.counted.length === 0,
      );
      expect(status).toMatchObject({
        state: 'waiting_approval',
        reason: expect.stringMatching(/the plan changed after it was approved/) as string,
        approval: { missing: ['operator'] },
      });
      expect(await locksOf(operationId)).toEqual([]);
      expect(await harness.ledger.getOperation(operationId)).toMatchObject({
        state: 'waiting_approval',
      });
      const old = await harness.client.approve(workflowId, {
        by: 'kim',
        planHash: first.planHash,
      });
      expect(old.reason).toMatch(/the plan now is/);
      // The same person may: the approval of the old plan has not used up their say.
      const anew = await harness.client.approve(workflowId, { by: 'dana' });
      expect(anew).toEqual({ accepted: true, reason: 'recorded' });
      await endOf(harness, workflowId, 'succeeded');
      expect(effectsOn(harness, site)).toEqual(['site.create']);
    },
  );

  it.concurrent('a policy that forbids it by then has the last word', async ({ expect }) => {
    const { workflowId, site } = await startAndAsk(harness, { requestedBy: 'web' });
    addRules({ ...asks('web'), name: 'freeze', refuse: 'no new sites before the year end' });
    await harness.client.approve(workflowId, { by: 'dana' });
    const result = await endOf(harness, workflowId, 'refused');
    expect(result.reason).toBe('no new sites before the year end');
    expect(effectsOn(harness, site)).toEqual([]);
  });
});

describe('an approval is taken back', () => {
  it.concurrent('while the operation is queued for its lock', async ({ expect }) => {
    const subdomain = aName();
    const { release } = await holdSite(harness, fullName(harness, subdomain));
    const { workflowId, site, planHash } = await startAndAsk(harness, {
      subdomain,
      requestedBy: 'crm',
    });
    await harness.client.approve(workflowId, { by: 'dana' });
    await harness.until(workflowId, ({ state }) => state === 'queued');
    const answer = await harness.client.reject(workflowId, {
      by: 'dana',
      planHash,
      reason: 'wrong customer',
    });
    expect(answer).toEqual({ accepted: true, reason: 'recorded' });
    const result = await endOf(harness, workflowId, 'rejected');
    expect(result.reason).toBe('rejected by dana: wrong customer');
    await release();
    expect(effectsOn(harness, site)).toEqual([]);
  });

  it.concurrent('while it is held before its first effect', async ({ expect }) => {
    const { workflowId, operationId, site } = await startAndAsk(harness, { requestedBy: 'crm' });
    await harness.client.hold(workflowId, { by: 'ops' });
    await harness.client.approve(workflowId, { by: 'dana' });
    await harness.until(workflowId, ({ state }) => state === 'held');
    await harness.client.reject(workflowId, { by: 'max' });
    await harness.client.resume(workflowId, { by: 'ops' });
    await endOf(harness, workflowId, 'rejected');
    expect(effectsOn(harness, site)).toEqual([]);
    expect(await harness.ledger.commandsOf(operationId)).toEqual([]);
  });

  it.concurrent('but not after the first effect', async ({ expect }) => {
    const { workflowId, site, planHash } = await startAndAsk(harness, { requestedBy: 'crm' });
    await harness.client.approve(workflowId, { by: 'dana' });
    await expect.poll(() => effectsOn(harness, site), { timeout: 30_000 }).toEqual(['site.create']);
    const answer = await harness.client.reject(workflowId, { by: 'dana', planHash });
    expect(answer).toMatchObject({ accepted: false });
    await endOf(harness, workflowId, 'succeeded');
  });
});
