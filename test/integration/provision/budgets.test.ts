import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { startAndAsk } from './asking.js';
import { aName, endOf, fullName } from './support.js';

/** D 11: what a provision on the shared path may cost. */
const SHARED = { events: 200, actions: 40 };
/** The same on a bench of its own, which takes half an hour to build. */
const PRIVATE = { events: 350, actions: 65 };
/** What another waited step may add: a command and some looks, of 11 events and 2 actions each. */
const STEP = { events: 50, actions: 10 };
const KB = 1024;

describe('a provision', () => {
  let harness: Harness;
  beforeAll(async () => {
    // Press and our timing run equally fast, and slow enough that no distance between two looks is
    // cut to its minimum: as many looks as in production.
    harness = await startHarness({ speed: 50 });
  });
  afterAll(() => harness.close());

  const expectWithin = async (workflowId: string, budget: typeof SHARED) => {
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    const [{ events }, { historySize }] = await Promise.all([
      handle.fetchHistory(),
      handle.describe(),
    ]);
    const cost = costOf(events ?? []);
    const payloads = payloadSizes(events);
    expect(payloads.length).toBeGreaterThan(10);
    expect(cost.events).toBeLessThanOrEqual(budget.events);
    expect(cost.actions).toBeLessThanOrEqual(budget.actions);
    expect(historySize).toBeLessThanOrEqual(200 * KB);
    expect(Math.max(...payloads)).toBeLessThanOrEqual(32 * KB);
  };

  it.concurrent('stays within its budget on a shared bench', async () => {
    const { workflowId } = await harness.client.provision(harness.input());
    await endOf(harness, workflowId, 'succeeded');
    await expectWithin(workflowId, SHARED);
  });

  it.concurrent('stays within it with an approval', async () => {
    const { workflowId } = await startAndAsk(harness, { plan: 'USD 100' });
    await harness.client.approve(workflowId, { by: 'dana', reason: 'r'.repeat(500) });
    await endOf(harness, workflowId, 'succeeded');
    await expectWithin(workflowId, SHARED);
  });

  it.concurrent('stays within its budget on a bench of its own', async () => {
    const { workflowId } = await startAndAsk(harness, { plan: 'USD 200 Private' });
    await harness.client.approve(workflowId, { by: 'dana' });
    await endOf(harness, workflowId, 'succeeded');
    await expectWithin(workflowId, PRIVATE);
  });

  it.concurrent('costs little more with configuration and a domain', async () => {
    const subdomain = aName();
    const domain = `www.${subdomain}.example.com`;
    harness.simulator.setDns(domain, { CNAME: [fullName(harness, subdomain)] });
    const { workflowId } = await harness.client.provision(
      harness.input({
        subdomain,
        config: { mail_server: 'smtp.example.com' },
        customDomains: [domain],
      }),
    );
    await endOf(harness, workflowId, 'succeeded');
    await expectWithin(workflowId, {
      events: SHARED.events + 2 * STEP.events,
      actions: SHARED.actions + 2 * STEP.actions,
    });
  });
});

/** Sizes of all payloads of a history. */
function payloadSizes(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('metadata' in value && 'data' in value && value.data instanceof Uint8Array) {
    return [value.data.length];
  }
  return Object.values(value).flatMap(payloadSizes);
}
