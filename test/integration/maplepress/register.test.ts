import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import { aDomain, claimAll, effectsOn, onRegister, register, siteIn } from './support.js';

const BUDGET = 18;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ commandMs: 800 });
});
afterAll(() => harness.close());

describe('a registration', () => {
  it('hands key and token over once, and waits until the plugin has verified it', async () => {
    const domain = aDomain();
    const { workflowId, operationId, site } = await register(harness, domain);
    expect(site).toBe(domain);
    const result = await endOf(harness, workflowId, 'succeeded');
    expect(siteIn(harness, domain)).toMatchObject({ status: 'active', keyNumber: 1 });
    expect(effectsOn(harness, domain)).toEqual(['site.create']);

    const claimed = await claimAll(harness, result);
    const apiKey = claimed.get('API key') ?? '';
    expect(harness.maplePress.pluginRequest({ apiKey })).toMatchObject({ accepted: true });
    expect(claimed.get('verification token')).toBeTruthy();
    await expect(claimAll(harness, result)).rejects.toMatchObject({
      name: 'SecretAlreadyClaimed',
    });

    const { events } = await harness.client.history(workflowId);
    const ledger = await harness.ledger.events(operationId);
    expect(JSON.stringify([events, ledger])).not.toContain(apiKey);
    const run = await harness.client.temporal.workflow.getHandle(workflowId).fetchHistory();
    expect(costOf(run.events ?? []).actions).toBeLessThanOrEqual(BUDGET);
  });

  it('whose answer was lost is located by its domain, and gets another key', async () => {
    const domain = aDomain();
    harness.maplePress.addFault(onRegister(domain, { kind: 'lose_answer' }));
    const { workflowId } = await register(harness, domain);
    const result = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(result.exceptions).toEqual([
      'verification token: it was in an answer that was lost, and cannot be read again',
    ]);
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'key.rotate']);
    const apiKey = (await claimAll(harness, result)).get('API key') ?? '';
    expect(harness.maplePress.pluginRequest({ apiKey })).toMatchObject({ accepted: true });
  });
});
