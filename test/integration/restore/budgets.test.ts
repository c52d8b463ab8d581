import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { copyOf } from '../safety-copy/support.js';
import { backedUpSite, failsIn, FREE, restore } from './support.js';

/** D 11, as for the other operations with a safety copy. */
const RESTORE = { events: 200, actions: 40 };
/** From the vault: the check of the copy, and a file at a time is uploaded. */
const UPLOADED = { events: 260, actions: 50 };
/** One that goes back by its copy: check, four uploads, and the second restore besides. */
const THERE_AND_BACK = { events: 320, actions: 65 };

describe('a restore', () => {
  let harness: Harness;
  beforeAll(async () => {
    // Slow enough that no distance between two looks is cut to its minimum, as in production.
    harness = await startHarness({ speed: 50, policy: FREE });
  });
  afterAll(() => harness.close());

  async function expectWithin(workflowId: string, budget: typeof RESTORE): Promise<void> {
    const { events } = await harness.client.temporal.workflow.getHandle(workflowId).fetchHistory();
    const cost = costOf(events ?? []);
    expect(cost.events).toBeLessThanOrEqual(budget.events);
    expect(cost.actions).toBeLessThanOrEqual(budget.actions);
  }

  it.concurrent('stays within its budget, from Press and from the vault', async () => {
    const { site, backup } = await backedUpSite(harness);
    const fromPress = await restore(harness, site, { backup }, 'succeeded');
    const { handle } = await copyOf(harness, site);
    const fromVault = await restore(harness, site, { copy: handle }, 'succeeded');
    await expectWithin(fromPress.workflowId, RESTORE);
    await expectWithin(fromVault.workflowId, UPLOADED);
  });

  it.concurrent('stays within it when it has to go back', async () => {
    const { site, backup } = await backedUpSite(harness);
    harness.simulator.addFault(failsIn(site, 'Restore Site'));
    const { workflowId } = await restore(harness, site, { backup }, 'rolled_back');
    await expectWithin(workflowId, THERE_AND_BACK);
  });
});
