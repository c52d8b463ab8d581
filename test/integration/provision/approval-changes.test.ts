import { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { OperationRule } from '../../../src/domain/policy.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { startAndAsk } from './asking.js';
import { effectsOn, endOf } from './support.js';

const HOUR = 3_600_000;

const asks = (requestedBy: string, escalateAfterMs = HOUR): OperationRule => ({
  name: `asks for ${requestedBy}`,
  when: { requestedBy: [requestedBy] },
  approval: { quorum: { operator: 1 }, expiresAfterMs: HOUR, escalateAfterMs },
});
const both: OperationRule = {
  ...asks('boss'),
  approval: {
    quorum: { operator: 1, manager: 1 },
    expiresAfterMs: HOUR,
    escalateAfterMs: HOUR,
  },
};

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    policy: {
      people: { dana: ['operator'], kim: ['operator'], max: ['manager'], crm: ['operator'] },
      provision: [asks('crm'), asks('erp'), asks('web'), asks('patient', 300), both],
    },
  });
});
afterAll(() => harness.close());

/** Puts a rule in front, as a worker that starts with a newer policy file has it. */
const addRule = (rule: OperationRule) => {
  const { policy } = harness.deps;
  Object.assign(policy, { provision: [rule, ...policy.provision] });
};
const locksOf = async (operationId: string) =>
  (await harness.ledger.locks()).filter((lock) => lock.operationId === operationId);

describe('a provision that waits for approval', () => {
  it.concurrent('is listed with the roles it waits for, and holds nothing', async ({ expect }) => {
    const { workflowId, operationId, site } = await startAndAsk(harness, { requestedBy: 'boss' });
    const waiting = () => harness.client.list({ site, state: 'waiting_approval', open: true });
    await expect.poll(waiting).toMatchObject([
      {
        operationId,
        workflowId,
        requestedBy: 'boss',
        waitingFor: ['operator', 'manager'],
        needsAttention: false,
      },
    ]);
    expect(await harness.ledger.getOperation(operationId)).toMatchObject({
      state: 'waiting_approval',
    });
    expect(await locksOf(operationId)).toEqual([]);
    expect(effectsOn(harness, site)).toEqual([]);
    await harness.client.cancel(workflowId, { by: 'boss' });
    await endOf(harness, workflowId, 'cancelled');
    await expect.poll(waiting).toEqual([]);
  });

  it.concurrent('is approved by a client without our payload codec', async ({ expect }) => {
    const { workflowId, operationId, planHash, site } = await startAndAsk(harness, {
      requestedBy: 'crm',
    });
    const { connection } = harness.client.temporal;
    const plain = new Client({ connection, namespace: harness.namespace });
    const decision = { operationId, planHash, by: 'dana' };
    await plain.workflow.getHandle(workflowId).signal('approve', decision);
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });

  it.concurrent('calls for attention once, and goes on when approved', async ({ expect }) => {
    const { workflowId, operationId, site } = await startAndAsk(harness, {
      requestedBy: 'patient',
    });
    await harness.until(workflowId, ({ needsAttention }) => needsAttention);
    const listed = () => harness.client.list({ site, needsAttention: true });
    await expect
      .poll(listed)
      .toMatchObject([{ workflowId, state: 'waiting_approval', waitingFor: ['operator'] }]);
    const row = () => harness.ledger.getOperation(operationId);
    await expect.poll(row).toMatchObject({ state: 'waiting_approval', needsAttention: true });
    await harness.client.approve(workflowId, { by: 'dana' });
    await expect
      .poll(row, { timeout: 30_000, interval: 5 })
      .toMatchObject({ state: 'running', needsAttention: false });
    await endOf(harness, workflowId, 'succeeded');
    const told = harness.notifications.filter((one) => one.operationId === operationId);
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^approval: nobody has decided yet; expires /),
    ]);
    expect(await harness.client.status(workflowId)).toMatchObject({ needsAttention: false });
    await expect.poll(listed).toEqual([]);
  });

  it.concurrent('is withdrawn by its requester, who may not approve it', async ({ expect }) => {
    const { workflowId, operationId, planHash, site } = await startAndAsk(harness, {
      requestedBy: 'crm',
    });
    expect(await harness.client.approve(workflowId, { by: 'crm' })).toEqual({
      accepted: false,
      reason: 'nobody approves their own request',
    });
    await harness.client.reject(workflowId, { by: 'crm', reason: 'withdrawn' });
    await endOf(harness, workflowId, 'rejected');
    expect(effectsOn(harness, site)).toEqual([]);

    const late = { accepted: false, reason: 'the operation has ended' };
    expect(await harness.client.approve(workflowId, { by: 'dana', planHash })).toEqual(late);
    expect(await harness.client.reject(workflowId, { by: 'dana' })).toEqual(late);
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    await expect(handle.signal('approve', { operationId, planHash, by: 'dana' })).rejects.toThrow(
      /already completed/,
    );
    expect(await harness.ledger.decisionsOf(operationId)).toHaveLength(2);
  });

  it.concurrent('is rejected by one, whoever has approved before', async ({ expect }) => {
    const { workflowId, site } = await startAndAsk(harness, { requestedBy: 'boss' });
    await harness.client.approve(workflowId, { by: 'dana' });
    await harness.client.reject(workflowId, { by: 'max' });
    const result = await endOf(harness, workflowId, 'rejected');
    expect(result.reason).toBe('rejected by max');
    expect(effectsOn(harness, site)).toEqual([]);
  });
});

describe('policy changes while people think', () => {
  it.concurrent('another rule than the approved one is approved anew', async ({ expect }) => {
    const first = await startAndAsk(harness, { requestedBy: 'erp' });
    const { workflowId, operationId, site } = first;
    addRule({ ...asks('erp'), name: 'asks for erp, since Monday' });
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
    const { planHash } = first;
    const old = await harness.client.approve(workflowId, { by: 'kim', planHash });
    expect(old.reason).toMatch(/the plan now is/);
    // The approval of the old plan has not used up what dana may say.
    const anew = await harness.client.approve(workflowId, { by: 'dana' });
    expect(anew).toEqual({ accepted: true, reason: 'recorded' });
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
  });

  it.concurrent('a rule that forbids it has the last word', async ({ expect }) => {
    const { workflowId, site } = await startAndAsk(harness, { requestedBy: 'web' });
    addRule({ ...asks('web'), name: 'freeze', refuse: 'no new sites before the year end' });
    await harness.client.approve(workflowId, { by: 'dana' });
    const result = await endOf(harness, workflowId, 'refused');
    expect(result.reason).toBe('no new sites before the year end');
    expect(effectsOn(harness, site)).toEqual([]);
  });
});
