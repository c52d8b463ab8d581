import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { anActiveSite, startUpgrade, update } from './support.js';

/** D 11: what an upgrade may cost, its copy and an approval included. */
const BUDGET = { events: 350, actions: 60 };
const KB = 1024;

describe('an upgrade', () => {
  let harness: Harness;
  beforeAll(async () => {
    // As many looks as in production: no distance between two is cut to its minimum.
    harness = await startHarness({ speed: 50 });
  });
  afterAll(() => harness.close());

  const expectWithin = async (workflowId: string) => {
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    const [{ events }, { historySize }] = await Promise.all([
      handle.fetchHistory(),
      handle.describe(),
    ]);
    const cost = costOf(events ?? []);
    expect(cost.events).toBeLessThanOrEqual(BUDGET.events);
    expect(cost.actions).toBeLessThanOrEqual(BUDGET.actions);
    expect(historySize).toBeLessThanOrEqual(200 * KB);
  };

  it.concurrent('stays within its budget', async () => {
    const site = await anActiveSite(harness);
    const workflowId = await startUpgrade(harness, site);
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    await harness.client.approve(workflowId, { by: 'dana', reason: 'r'.repeat(500) });
    await endOf(harness, workflowId, 'succeeded');
    await expectWithin(workflowId);
  });

  it.concurrent('costs no more than that as an update', async () => {
    const site = await anActiveSite(harness, { group: 'bench-0001', version: 'Version 15' });
    harness.simulator.releaseUpdate('bench-0001');
    const { workflowId } = await update(harness, site, 'succeeded');
    await expectWithin(workflowId);
  });
});
