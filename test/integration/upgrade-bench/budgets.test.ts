import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { anActiveSite, upgrade } from '../upgrade/support.js';
import { FREE, OWN } from './support.js';

/** D 11: what an upgrade with a bench of its own may cost; an image is built for 20 minutes. */
const BUDGET = { events: 350, actions: 60 };

describe('an upgrade with a bench of its own', () => {
  let harness: Harness;
  beforeAll(async () => {
    // As fast as no distance between two looks is cut to its minimum: as many as in production.
    harness = await startHarness({ speed: 50, policy: FREE });
  });
  afterAll(() => harness.close());

  it('stays within its budget', async () => {
    const site = await anActiveSite(harness, OWN);
    const { workflowId } = await upgrade(harness, site, 'succeeded', { newBench: {} });
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    const { events } = await handle.fetchHistory();
    const cost = costOf(events ?? []);
    expect(cost.events).toBeLessThanOrEqual(BUDGET.events);
    expect(cost.actions).toBeLessThanOrEqual(BUDGET.actions);
  });
});
