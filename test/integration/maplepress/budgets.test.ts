import { afterAll, beforeAll, describe, it, expect } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { activePast, aDomain, claimAll, register } from './support.js';

const KB = 1024;

describe('an operation at MaplePress', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  const expectWithin = async (
    workflowId: string,
    budget: { readonly events: number; readonly actions: number },
  ) => {
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    const [{ events }, { historySize }] = await Promise.all([
      handle.fetchHistory(),
      handle.describe(),
    ]);
    const cost = costOf(events ?? []);
    expect(cost.events).toBeLessThanOrEqual(budget.events);
    expect(cost.actions).toBeLessThanOrEqual(budget.actions);
    expect(historySize).toBeLessThanOrEqual(100 * KB);
  };

  const start = (kind: 'maplepress-rotate-key' | 'maplepress-delete', site: string) =>
    harness.client.start(kind, { account: 'main', requestedBy: 'ops', site });

  it.concurrent('stays within its budget when it registers, however long it waits', async () => {
    const { workflowId } = await register(harness, aDomain());
    await endOf(harness, workflowId, 'succeeded');
    await expectWithin(workflowId, { events: 80, actions: 16 });
  });

  it.concurrent('stays within it when it rotates a key', async () => {
    const { domain } = await activePast(harness);
    const { workflowId } = await start('maplepress-rotate-key', domain);
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    await harness.client.approve(workflowId, { by: 'kim' });
    const { details } = await harness.until(
      workflowId,
      (status) => status.details?.['secret.api_key'] !== undefined,
    );
    const [apiKey = ''] = (await claimAll(harness, { details: details ?? {} })).values();
    harness.maplePress.pluginRequest({ apiKey });
    await endOf(harness, workflowId, 'succeeded');
    await expectWithin(workflowId, { events: 100, actions: 20 });
  });

  it.concurrent('stays within it when it deletes', async () => {
    const { domain } = await activePast(harness);
    const { workflowId } = await start('maplepress-delete', domain);
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    for (const by of ['kim', 'lee']) {
      await harness.client.approve(workflowId, { by, typedName: domain });
    }
    await endOf(harness, workflowId, 'succeeded');
    await expectWithin(workflowId, { events: 100, actions: 22 });
  });
});
