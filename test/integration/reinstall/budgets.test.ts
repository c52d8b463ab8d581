import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { liveSite, NOBODY_ASKED, startReinstall } from '../safety-copy/support.js';

/** D 11: what a backup may cost, and a whole operation with one. */
const BACKUP = 15;
const REINSTALL = { events: 200, actions: 40 };

describe('a reinstall', () => {
  let harness: Harness;
  beforeAll(async () => {
    // Slow enough that no distance between two looks is cut to its minimum, as in production.
    harness = await startHarness({ speed: 50, policy: NOBODY_ASKED });
  });
  afterAll(() => harness.close());

  it('stays within its budget, and so does its safety copy', async () => {
    const site = await liveSite(harness);
    const { workflowId } = await startReinstall(harness, site);
    await endOf(harness, workflowId, 'succeeded');
    const run = harness.client.temporal.workflow.getHandle(workflowId);
    const { events } = await run.fetchHistory();
    const scheduled = (name: string) =>
      (events ?? []).findIndex(
        (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === name,
      );
    const [from, to] = [scheduled('requestBackup'), scheduled('reinstallSite')];
    const copy = costOf((events ?? []).slice(from, to));
    const all = costOf(events ?? []);
    expect(from).toBeGreaterThan(0);
    expect(copy.actions).toBeLessThanOrEqual(BACKUP);
    expect(all.actions).toBeLessThanOrEqual(REINSTALL.actions);
    expect(all.events).toBeLessThanOrEqual(REINSTALL.events);
  });
});
