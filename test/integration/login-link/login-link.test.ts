import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationHandle } from '../../../src/client.js';
import { handlesIn } from '../../../src/domain/hand-over.js';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { effectsOn, endOf } from '../provision/support.js';
import { liveSite, switchOff } from '../safety-copy/support.js';

/** One session, and what every operation costs. */
const BUDGET = 12;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ commandMs: 800 });
});
afterAll(() => harness.close());

const start = (site: string): Promise<OperationHandle> =>
  harness.client.start('login-link', { account: 'main', requestedBy: 'ops', site });

describe('a login link', () => {
  it('waits for one claim, and is nowhere else', async () => {
    const site = await liveSite(harness);
    const { workflowId, operationId } = await start(site);
    const { details } = await endOf(harness, workflowId, 'succeeded');
    const [handed] = handlesIn(details);
    expect(handed?.label).toBe('login link');
    expect(Date.parse(details['expires'] ?? '')).toBeGreaterThan(Date.now());

    const claimed = await harness.client.claimSecret(handed?.handle ?? '', { by: 'kim' });
    const [, sid] = new RegExp(`^https://${site}/app\\?sid=(\\w+)$`).exec(claimed.value) ?? [];
    expect(sid).toBeTruthy();
    await expect(
      harness.client.claimSecret(handed?.handle ?? '', { by: 'kim' }),
    ).rejects.toMatchObject({ name: 'SecretAlreadyClaimed' });

    const { events } = await harness.client.history(workflowId);
    expect(JSON.stringify(events)).not.toContain(sid);
    expect(JSON.stringify(await harness.ledger.events(operationId))).not.toContain(sid);
    const run = await harness.client.temporal.workflow.getHandle(workflowId).fetchHistory();
    expect(costOf(run.events ?? []).actions).toBeLessThanOrEqual(BUDGET);
  });

  it('is made again when its answer was lost', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault({
      call: { method: 'press.api.site.login', body: { name: site } },
      fault: { kind: 'lose_answer' },
    });
    const { workflowId } = await start(site);
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site).filter((effect) => effect === 'site.login')).toHaveLength(2);
  });

  it('is for a site that is up', async () => {
    const site = await liveSite(harness);
    await switchOff(harness, site);
    const { workflowId } = await start(site);
    expect(await endOf(harness, workflowId, 'refused')).toMatchObject({
      reason: expect.stringMatching(/it is Inactive; it must be Active/) as string,
    });
    expect(effectsOn(harness, site)).not.toContain('site.login');
  });

  it('that Press refuses ends as refused, and says why', async () => {
    const site = await liveSite(harness);
    harness.simulator.addFault({
      call: { method: 'press.api.site.login', body: { name: site } },
      fault: { kind: 'exception', excType: 'ValidationError', status: 417, message: 'not today' },
    });
    const { workflowId } = await start(site);
    const { exceptions } = await endOf(harness, workflowId, 'refused');
    expect(exceptions).toMatchObject([expect.stringMatching(/not today/) as string]);
  });
});
