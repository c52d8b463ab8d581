import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../../src/temporal/history-cost.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import {
  aDomain,
  claimAll,
  effectsOn,
  onRegister,
  register,
  siteIn,
  toldBy,
  waits,
} from './support.js';

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
    const handle = await register(harness, domain);
    await harness.until(handle.workflowId, waits);
    expect(await toldBy(harness, handle)).toEqual([
      expect.stringMatching(/^the verification token of .* was lost.* give_up keeps it$/),
    ]);
    await harness.client.resolve(handle.workflowId, 'give_up', { by: 'kim' });
    const result = await endOf(harness, handle.workflowId, 'succeeded_with_exceptions');
    expect(result.exceptions).toEqual([
      expect.stringMatching(
        /^verification token: it was in an answer that was lost.*registered anew$/,
      ),
      'verification: given up by kim',
    ]);
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'key.rotate']);
    const apiKey = (await claimAll(harness, result)).get('API key') ?? '';
    // The key is valid; only its token lets a plugin verify the site.
    const { id: site } = siteIn(harness, domain) ?? {};
    expect(harness.maplePress.pluginRequest({ apiKey })).toEqual({ accepted: false, site });
  });

  it('is not taken for deleted because it answers 404 for a moment', async () => {
    const domain = aDomain();
    harness.maplePress.addFault({
      call: { endpoint: 'GET /api/v1/sites/{id}' },
      fault: { kind: 'server_error', status: 404 },
      times: 2,
    });
    const { workflowId } = await register(harness, domain);
    const result = await endOf(harness, workflowId, 'succeeded');
    expect((await claimAll(harness, result)).size).toBe(2);
    expect(effectsOn(harness, domain)).toEqual(['site.create']);

    harness.maplePress.addFault({
      call: { endpoint: 'GET /api/v1/sites/{id}' },
      fault: { kind: 'server_error', status: 404 },
      times: 2,
    });
    const request = { account: 'main', requestedBy: 'ops', site: domain };
    const deletion = await harness.client.start('maplepress-delete', request);
    await harness.until(deletion.workflowId, ({ state }) => state === 'waiting_approval');
    expect(siteIn(harness, domain)).toBeDefined();
  });

  it('of www. is another one than that of the bare domain', async () => {
    const domain = aDomain();
    await endOf(harness, (await register(harness, domain)).workflowId, 'succeeded');
    const { workflowId } = await register(harness, `www.${domain}`);
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, `www.${domain}`)).toEqual(['site.create']);
  });
});
