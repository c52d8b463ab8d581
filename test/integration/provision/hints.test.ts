import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRODUCTION_TIMING } from '../../../src/domain/timing.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, endOf, eventually, fullName, onJob, siteIn } from './support.js';

describe('hints while Press is still at work', () => {
  let harness: Harness;
  beforeAll(async () => {
    // So slow that only a hint makes it look.
    const { softLimit } = PRODUCTION_TIMING;
    harness = await startHarness({ timing: { pollFirst: softLimit, pollMax: softLimit } });
  });
  afterAll(() => harness.close());

  it('are checked and not believed; those that come together are one look', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    const twoHours = 7_200;
    harness.simulator.addFault(onJob(site, 'New Site', { kind: 'undelivered', seconds: twoHours }));
    const { workflowId, operationId } = await harness.client.provision(
      harness.input({ subdomain }),
    );
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    const looks = async () => {
      const { events } = await handle.fetchHistory();
      return (events ?? []).filter(
        ({ activityTaskScheduledEventAttributes: scheduled }) =>
          scheduled?.activityType?.name === 'readTracker',
      ).length;
    };
    /** Waits for nothing but a timer or a message. */
    const atRest = async () => {
      const { raw } = await handle.describe();
      return raw.pendingActivities?.length === 0 && !raw.pendingWorkflowTask;
    };
    const hint = { operationId, by: 'press', state: 'Success' };
    await harness.until(workflowId, ({ waiting }) => waiting?.what.startsWith('create') === true);
    expect(await looks()).toBe(0);

    // Without workers they pile up, as they do while an activity runs or a worker is busy.
    await harness.workers.stop();
    for (let n = 0; n < 20; n += 1) await handle.signal('hint', hint);
    await harness.workers.start();
    await eventually(async () => (await looks()) > 0 && (await atRest()));
    expect(await looks()).toBe(1);
    expect(await harness.client.status(workflowId)).toMatchObject({
      state: 'running',
      ignoredMessages: 0,
    });

    harness.simulator.clock.advance(twoHours * 1_000);
    await eventually(() => siteIn(harness, site)?.status === 'Active');
    await handle.signal('hint', hint);
    await endOf(harness, workflowId, 'succeeded');
    expect(await looks()).toBe(2);
  });
});
