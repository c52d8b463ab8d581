import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, effectsOn, endOf, fullName, occupy } from './support.js';

describe('a rejection after the approval', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  it('revokes it while the operation is queued for the lock', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    const release = await occupy(harness, site);
    const { workflowId } = await harness.client.provision(
      harness.input({ subdomain, plan: 'USD 100' }),
    );
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    await harness.client.approve(workflowId, { by: 'kim' });
    await harness.until(workflowId, ({ state }) => state === 'queued');
    await harness.client.reject(workflowId, { by: 'kim', reason: 'on second thoughts' });
    const result = await endOf(harness, workflowId, 'rejected');
    expect(result.reason).toBe('rejected by kim: on second thoughts');
    await release();
  });

  it('comes too late once something was sent: it is refused, and on record', async () => {
    const { workflowId, operationId, site } = await harness.client.provision(
      harness.input({ plan: 'USD 100' }),
    );
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    await harness.client.approve(workflowId, { by: 'kim' });
    await harness.until(workflowId, () => effectsOn(harness, site).length > 0);
    expect(await harness.client.reject(workflowId, { by: 'kim' })).toEqual({
      accepted: false,
      reason: 'nothing waits for a decision (running)',
    });
    await endOf(harness, workflowId, 'succeeded');
    const [, late] = await harness.ledger.decisionsOf(operationId);
    expect(late).toMatchObject({ verdict: 'reject', accepted: false });
  });
});
