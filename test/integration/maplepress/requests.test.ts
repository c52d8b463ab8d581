import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf, eventually } from '../provision/support.js';
import {
  aDomain,
  effectsOn,
  onRegister,
  register,
  registerPast,
  siteIn,
  waits,
} from './support.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

describe('a request to register', () => {
  it.concurrent.each([
    ['capitals, a port and a path', (name: string) => `https://${name.toUpperCase()}:8443/blog`],
    ['a dot at the end', (name: string) => `http://${name}./`],
  ])('knows a domain with %s', async (_, spelled) => {
    const domain = aDomain();
    const { workflowId, site } = await register(harness, domain, { siteUrl: spelled(domain) });
    if (site !== domain) throw new Error(`it is about ${site}`);
    await endOf(harness, workflowId, 'succeeded');
    if (siteIn(harness, domain) === undefined) throw new Error('it is registered as another one');
  });

  it.concurrent('knows a domain in other letters', async ({ expect }) => {
    const name = randomUUID().slice(0, 8);
    const siteUrl = `https://bücher-${name}.example`;
    const one = await register(harness, '', { siteUrl });
    await endOf(harness, one.workflowId, 'succeeded');
    expect(one.site).toMatch(/^xn--bcher-/);
    const again = await register(harness, '', { siteUrl: siteUrl.toUpperCase() });
    const { reason } = await endOf(harness, again.workflowId, 'refused');
    expect(reason).toContain(`${one.site} is registered since`);
    expect(effectsOn(harness, one.site)).toEqual(['site.create']);
  });

  it.concurrent('is refused before anything when it cannot be one', async ({ expect }) => {
    const refused = async (siteUrl: string) =>
      register(harness, '', { siteUrl }).catch((error: unknown) => error);
    expect(await refused('ftp://shop.example')).toBeInstanceOf(InvalidInput);
    expect(await refused('https://localhost')).toMatchObject({
      message: expect.stringContaining('Could not extract domain from URL') as string,
    });
  });

  it.concurrent('is refused when this tenant has the domain', async ({ expect }) => {
    const { domain, id } = await registerPast(harness);
    const { workflowId } = await register(harness, domain);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toContain(`${domain} is registered since`);
    expect(reason).toContain(`(${id}, pending); for another key: maplepress rotate-key`);
  });

  it.concurrent('is refused when another tenant has the domain', async ({ expect }) => {
    const { domain } = await registerPast(harness, aDomain(), 'other');
    const { workflowId, operationId } = await register(harness, domain);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toContain('This domain is already registered');
    expect(effectsOn(harness, domain)).toEqual(['site.create']);
    expect(siteIn(harness, domain)?.tenantId).toBe(harness.maplePress.tenants.other.tenantId);
    const waiting = await harness.ledger.unclaimedHandovers();
    expect(waiting.filter((secret) => secret.operationId === operationId)).toEqual([]);
  });

  it.concurrent('of a tenant that nobody has configured is refused', async ({ expect }) => {
    const { workflowId } = await register(harness, aDomain(), { account: 'nobody' });
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toBe('unknown MaplePress tenant "nobody"; configured: main, other');
  });

  it.concurrent('as a dry run does nothing', async ({ expect }) => {
    const domain = aDomain();
    const { workflowId } = await register(harness, domain, { dryRun: true });
    await endOf(harness, workflowId, 'planned');
    expect(effectsOn(harness, domain)).toEqual([]);
  });

  it.concurrent('with the same idempotency key is the same operation', async ({ expect }) => {
    const domain = aDomain();
    const idempotencyKey = randomUUID();
    const one = await register(harness, domain, { idempotencyKey });
    expect(await register(harness, domain, { idempotencyKey })).toEqual({ ...one, started: false });
    await endOf(harness, one.workflowId, 'succeeded');
    expect(effectsOn(harness, domain)).toEqual(['site.create']);
  });

  it.concurrent('queues behind another operation of the domain', async ({ expect }) => {
    const domain = aDomain();
    // Without its token nothing verifies it: it waits until somebody ends that.
    harness.maplePress.addFault(onRegister(domain, { kind: 'lose_answer' }));
    const one = await register(harness, domain);
    await harness.until(one.workflowId, waits);
    const deletion = await harness.client.start('maplepress-delete', {
      account: 'main',
      requestedBy: 'ops',
      site: domain,
      ifBusy: 'refuse',
    });
    await harness.until(deletion.workflowId, ({ state }) => state === 'waiting_approval');
    for (const by of ['kim', 'lee']) {
      await harness.client.approve(deletion.workflowId, { by, typedName: domain });
    }
    const { reason } = await endOf(harness, deletion.workflowId, 'refused');
    expect(reason).toContain(`held by maplepress-register ${one.operationId}`);

    const two = await register(harness, domain, { account: 'other' });
    const { waiting } = await harness.until(two.workflowId, ({ state }) => state === 'queued');
    expect(waiting?.what).toContain(`maplepress-register ${one.operationId}`);
    await harness.client.resolve(one.workflowId, 'give_up', { by: 'kim' });
    await endOf(harness, one.workflowId, 'succeeded_with_exceptions');
    await endOf(harness, two.workflowId, 'refused');
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'key.rotate']);
  });
});

describe('a password that is refused', () => {
  it('is waited for, with one alarm, and goes on', async ({ expect }) => {
    const domain = aDomain();
    const { maplePress, notifications } = harness;
    const alarms = () =>
      notifications.filter(({ message }) => message.includes('operations of this account wait'));
    const before = alarms().length;
    const login = { endpoint: 'POST /api/v1/login' };
    maplePress.addFault({ call: login, fault: { kind: 'unauthorized' }, times: 3 });
    maplePress.revokeTokens();
    const { workflowId } = await register(harness, domain);
    await eventually(() => alarms().length > before);
    await endOf(harness, workflowId, 'succeeded');
    expect(alarms().length).toBe(before + 1);
    expect(alarms().at(-1)?.message).toMatch(/^account main: .*login failed/);
    expect(effectsOn(harness, domain)).toEqual(['site.create']);
  });
});
