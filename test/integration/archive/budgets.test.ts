import { afterAll, beforeAll, describe, it } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { NOBODY_ASKED, unarchive } from '../unarchive/support.js';
import { activeSite, archive } from './support.js';

/** D 11: any normal operation. */
const BYTES = 200 * 1024;
/** A backup and two jobs are waited for. */
const ARCHIVE = { events: 220, actions: 45 };
/** Two jobs are waited for, and every file of the copy is uploaded: as an upgrade. */
const UNARCHIVE = { events: 350, actions: 60 };

describe('archive and unarchive', () => {
  let harness: Harness;
  beforeAll(async () => {
    // Slow enough that no distance between two looks is cut to its minimum.
    harness = await startHarness({ speed: 50, policy: NOBODY_ASKED });
  });
  afterAll(() => harness.close());

  it('stay within their budgets', async ({ expect }) => {
    const site = await activeSite(harness);
    const expectWithin = async (workflowId: string, budget: typeof ARCHIVE) => {
      const handle = harness.client.temporal.workflow.getHandle(workflowId);
      const [{ events }, { historySize }] = await Promise.all([
        handle.fetchHistory(),
        handle.describe(),
      ]);
      expect(historySize).toBeLessThanOrEqual(BYTES);
      const { events: count, actions } = costOf(events ?? []);
      expect(count).toBeLessThanOrEqual(budget.events);
      expect(actions).toBeLessThanOrEqual(budget.actions);
    };
    const gone = await archive(harness, site);
    await endOf(harness, gone.workflowId, 'succeeded');
    const back = await unarchive(harness, site);
    await endOf(harness, back.workflowId, 'succeeded_with_exceptions');
    await expectWithin(gone.workflowId, ARCHIVE);
    await expectWithin(back.workflowId, UNARCHIVE);
  });
});
