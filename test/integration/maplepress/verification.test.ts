import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationHandle } from '../../../src/client.js';
import { handlesIn } from '../../../src/domain/hand-over.js';
import { deleteSite, rotateApiKey } from '../../../src/maplepress/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, eventually } from '../provision/support.js';
import { aDomain, effectsOn, register, siteIn, toldBy, waits } from './support.js';

/** A moment, in days. */
const SOON = 2 / 86_400;
/** Nobody enters a key in a plugin. */
const NOBODY = { timings: { pluginConnects: null } } as const;

/** Nothing waits for a receiver any more. */
const expectNothingWaits = async (harness: Harness, { operationId }: OperationHandle) => {
  const waiting = await harness.ledger.unclaimedHandovers();
  expect(waiting.filter((secret) => secret.operationId === operationId)).toEqual([]);
  const row = await harness.ledger.getOperation(operationId);
  expect(handlesIn(row?.result?.details ?? {})).toEqual([]);
};

describe('a registration that waits for its plugin', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ maplePress: NOBODY, timing: { reminder: 1_000 } });
  });
  afterAll(() => harness.close());

  const waiting = async (patienceDays?: number) => {
    const domain = aDomain();
    const patience = patienceDays === undefined ? {} : { patienceDays };
    const handle = await register(harness, domain, patience);
    const status = await harness.until(handle.workflowId, waits);
    return { ...handle, domain, details: status.details ?? {} };
  };

  it.concurrent('tells where key and token are, and goes on with them', async ({ expect }) => {
    const { workflowId, domain, details } = await waiting();
    const [apiKey = '', verificationToken = ''] = await Promise.all(
      handlesIn(details).map(
        async ({ handle }) => (await harness.client.claimSecret(handle, { by: 'kim' })).value,
      ),
    );
    const shown = harness.maplePress.pluginRequest({ apiKey, verificationToken });
    expect(shown).toMatchObject({ accepted: true });
    await endOf(harness, workflowId, 'succeeded');
    expect(siteIn(harness, domain)).toMatchObject({ status: 'active' });
  });

  it.concurrent('reminds people of the plugin, and of a key nobody claims', async ({ expect }) => {
    const { domain, details, ...handle } = await waiting();
    await eventually(async () => (await toldBy(harness, handle)).length >= 2);
    const [key] = handlesIn(details);
    const pending = `the plugin of ${domain} has not verified it yet`;
    expect((await toldBy(harness, handle)).join()).not.toContain(key?.handle);
    const [first = ''] = await toldBy(harness, handle);
    expect(first).toContain(
      `${pending}; nobody has claimed the key; where it waits: npx sitewright status ${handle.operationId}`,
    );
    await harness.client.claimSecret(key?.handle ?? '', { by: 'kim' });
    const isClaimed = (told: string) => told.startsWith(`${pending}; the key was claimed`);
    await eventually(async () => (await toldBy(harness, handle)).some(isClaimed));
    harness.maplePress.connectPlugin(domain);
    await endOf(harness, handle.workflowId, 'succeeded');
  });

  it.concurrent('is kept by policy when its time is up', async ({ expect }) => {
    const { workflowId, domain } = await waiting(SOON);
    const { exceptions } = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(exceptions).toEqual([
      `verification: the plugin of ${domain} has not verified it yet; it stays registered, and pending`,
    ]);
    expect(siteIn(harness, domain)).toMatchObject({ status: 'pending' });
  });

  it.concurrent('is kept when a person gives the wait up', async ({ expect }) => {
    const { workflowId, domain } = await waiting();
    await harness.client.resolve(workflowId, 'give_up', { by: 'kim' });
    const result = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(result.exceptions).toEqual(['verification: given up by kim']);
    expect(handlesIn(result.details).map(({ label }) => label)).toEqual([
      'API key',
      'verification token',
    ]);
    expect(siteIn(harness, domain)).toMatchObject({ status: 'pending' });
  });

  it.concurrent('is taken back by a cancel, key and token with it', async ({ expect }) => {
    const { domain, ...handle } = await waiting();
    await harness.client.cancel(handle.workflowId, { by: 'kim' });
    await endOf(harness, handle.workflowId, 'cancelled');
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'site.delete']);
    await expectNothingWaits(harness, handle);
  });

  it.concurrent('is left alone when somebody has deleted it', async ({ expect }) => {
    const { domain, ...handle } = await waiting();
    const id = siteIn(harness, domain)?.id ?? '';
    await deleteSite(harness.deps.tenants.get('main').maplePress, id);
    const { reason } = await endOf(harness, handle.workflowId, 'abandoned');
    expect(reason).toBe('the registration was deleted meanwhile');
    await expectNothingWaits(harness, handle);
  });

  it.concurrent('wipes its key when somebody has replaced it', async ({ expect }) => {
    const { domain, ...handle } = await waiting();
    const id = siteIn(harness, domain)?.id ?? '';
    await rotateApiKey(harness.deps.tenants.get('main').maplePress, id);
    const replaced = 'API key: replaced by another one meanwhile, and not by this operation';
    await harness.until(handle.workflowId, ({ exceptions }) => exceptions.includes(replaced));
    harness.maplePress.connectPlugin(domain);
    const result = await endOf(harness, handle.workflowId, 'succeeded_with_exceptions');
    expect(handlesIn(result.details).map(({ label }) => label)).toEqual(['verification token']);
    const left = await harness.ledger.unclaimedHandovers();
    const ours = left.filter(({ operationId }) => operationId === handle.operationId);
    expect(ours.map(({ label }) => label)).toEqual(['verification token']);
  });
});

describe('a registration that policy deletes', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      maplePress: NOBODY,
      policy: {
        maplepress: { verifyWithinMs: 5_000, notVerified: 'delete', signOfLifeWithinMs: 1_000 },
        handover: { expiresAfterMs: 4_000 },
      },
    });
  });
  afterAll(() => harness.close());

  it('goes back when its time is up, with a key that has expired', async () => {
    const domain = aDomain();
    const handle = await register(harness, domain);
    const { reason } = await endOf(harness, handle.workflowId, 'rolled_back');
    const pending = `the plugin of ${domain} has not verified it yet`;
    expect(reason).toBe(
      `${pending}; nobody has the key: only a rotation makes another, and its time is up`,
    );
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'site.delete']);
    await expectNothingWaits(harness, handle);
  });
});
