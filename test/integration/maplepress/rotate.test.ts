import { afterAll, beforeAll, describe, it } from 'vitest';
import type { RotateApiKeyInput } from '../../../src/domain/inputs.js';
import { handlesIn } from '../../../src/domain/hand-over.js';
import { deleteSite, rotateApiKey } from '../../../src/maplepress/index.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { endOf } from '../provision/support.js';
import {
  activePast,
  aDomain,
  effectsOn,
  onRotate,
  register,
  registerPast,
  siteIn,
  waits,
} from './support.js';

const NOT_SEEN = 'not seen yet';
/** Half a week away. */
const FAR_AWAY = { days: [(new Date().getUTCDay() + 3) % 7], from: 0, to: 24 * 60 };

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    commandMs: 800,
    maplePress: { timings: { pluginConnects: null } },
    policy: {
      maplepress: { verifyWithinMs: 60_000, notVerified: 'keep', signOfLifeWithinMs: 60_000 },
      maintenance: { timeZone: 'UTC', windows: [FAR_AWAY], freezes: [] },
    },
  });
});
afterAll(() => harness.close());

const start = (site: string, change: Partial<RotateApiKeyInput> = {}) =>
  harness.client.start('maplepress-rotate-key', {
    account: 'main',
    requestedBy: 'ops',
    site,
    ...change,
  });

const asked = async (site: string, change: Partial<RotateApiKeyInput> = {}) => {
  const handle = await start(site, change);
  const status = await harness.until(
    handle.workflowId,
    ({ state }) => state === 'waiting_approval',
  );
  return { ...handle, plan: status.plan };
};

const rotate = async (site: string, change: Partial<RotateApiKeyInput> = {}) => {
  const handle = await asked(site, change);
  await harness.client.approve(handle.workflowId, { by: 'kim' });
  return handle;
};

/** The owner of the site claims the key, and enters it in the plugin. */
const claimAndEnter = async (workflowId: string): Promise<void> => {
  const { details = {} } = await harness.until(workflowId, waits);
  const [key] = handlesIn(details);
  const { value } = await harness.client.claimSecret(key?.handle ?? '', { by: 'kim' });
  if (!isValid(value)) throw new Error('the key that waited is refused');
};

const main = () => harness.deps.tenants.get('main').maplePress;
const isValid = (apiKey: string) => harness.maplePress.pluginRequest({ apiKey }).accepted;

describe('a rotation', () => {
  it.concurrent('is asked for, ends the old key, and waits for the new one', async ({ expect }) => {
    const { domain, apiKey: old } = await activePast(harness);
    const { plan, ...handle } = await asked(domain);
    expect(plan?.material.mayLose.join()).toContain('the old key is refused at once');
    expect(isValid(old)).toBe(true);
    await harness.client.approve(handle.workflowId, { by: 'kim' });
    await harness.until(handle.workflowId, waits);
    expect(isValid(old)).toBe(false);
    await claimAndEnter(handle.workflowId);
    const result = await endOf(harness, handle.workflowId, 'succeeded');
    expect(result.details).toMatchObject({ plugin: 'seen' });
    expect(result.details).not.toHaveProperty('rotations');
    expect(effectsOn(harness, domain)).toEqual(['site.create', 'key.rotate']);
  });

  it.concurrent('wipes a key that nobody has claimed before', async ({ expect }) => {
    const domain = aDomain();
    const registration = await register(harness, domain);
    await harness.until(registration.workflowId, waits);
    harness.maplePress.connectPlugin(domain);
    await endOf(harness, registration.workflowId, 'succeeded');
    const { workflowId } = await rotate(domain);
    await claimAndEnter(workflowId);
    await endOf(harness, workflowId, 'succeeded');
    const waiting = await harness.ledger.unclaimedHandovers();
    const left = waiting.filter((secret) => secret.operationId === registration.operationId);
    expect(left.map(({ label }) => label)).toEqual(['verification token']);
    const told = await harness.ledger.events(registration.operationId);
    expect(told.at(-1)).toMatchObject({ type: 'secret.wiped' });
  });

  it.concurrent('is as many as answers were lost, and one', async ({ expect }) => {
    const { domain, id } = await activePast(harness);
    harness.maplePress.addFault(onRotate(id, { kind: 'lose_answer' }, { times: 2 }));
    const { workflowId } = await rotate(domain);
    await claimAndEnter(workflowId);
    const result = await endOf(harness, workflowId, 'succeeded');
    expect(result.details).toMatchObject({
      rotations: expect.stringMatching(
        /^3: (the answer with the key ending in .{4} was lost(; )?){2}$/,
      ) as string,
    });
    expect(siteIn(harness, domain)?.keyNumber).toBe(4);
  });

  it.concurrent('warns when the plugin was never there', async ({ expect }) => {
    const { domain } = await registerPast(harness);
    const { plan, workflowId } = await asked(domain);
    expect(plan?.checks).toContainEqual({
      name: 'plugin',
      result: 'warn',
      detail: 'has never verified the site: there may be nobody who uses the key',
    });
    await harness.client.reject(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'rejected');
    expect(effectsOn(harness, domain)).toEqual(['site.create']);
  });

  it.concurrent.each([
    ['at the time that was asked for', () => new Date(Date.now() + 3_600_000).toISOString()],
    ['in the next maintenance window', () => 'window'],
  ])('begins %s', async (_, when) => {
    const { domain } = await activePast(harness);
    const at = when();
    const { workflowId } = await rotate(domain, { at });
    await harness.until(workflowId, ({ waiting }) => waiting?.what === 'its time');
    await harness.client.cancel(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'cancelled');
    if (siteIn(harness, domain)?.keyNumber !== 1) throw new Error('the key was rotated');
  });

  it.concurrent('of a domain that is not registered is refused', async ({ expect }) => {
    const domain = aDomain();
    const { workflowId } = await start(domain);
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toContain(`this tenant has no registration of ${domain}`);
  });

  it.concurrent('is asked for again when somebody has rotated meanwhile', async ({ expect }) => {
    const { domain, id } = await activePast(harness);
    const { workflowId } = await asked(domain);
    await rotateApiKey(main(), id);
    await harness.client.approve(workflowId, { by: 'kim' });
    const { reason } = await harness.until(
      workflowId,
      (status) => status.state === 'waiting_approval' && status.reason !== null,
    );
    expect(reason).toContain('the plan changed after it was approved');
    await harness.client.reject(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'rejected');
  });

  it.concurrent.each([
    ['deleted', deleteSite, 'the registration was deleted meanwhile'],
    [
      'rotated',
      rotateApiKey,
      'the key was replaced by another one meanwhile, and not by this operation',
    ],
  ])('leaves a site alone that is %s while it waits', async (_, deed, reason) => {
    const { domain, id } = await activePast(harness);
    const handle = await rotate(domain);
    await harness.until(handle.workflowId, waits);
    await deed(main(), id);
    const result = await endOf(harness, handle.workflowId, 'abandoned');
    if (result.reason !== reason) throw new Error(result.reason);
    if (handlesIn(result.details).length > 0) throw new Error('a key is told of that is wiped');
    const waiting = await harness.ledger.unclaimedHandovers();
    if (waiting.some(({ operationId }) => operationId === handle.operationId)) {
      throw new Error('a key waits that opens nothing');
    }
  });

  it.concurrent('can be given up while it waits', async ({ expect }) => {
    const { domain } = await activePast(harness);
    const { workflowId } = await rotate(domain);
    await harness.until(workflowId, waits);
    await harness.client.resolve(workflowId, 'give_up', { by: 'kim' });
    const result = await endOf(harness, workflowId, 'succeeded_with_exceptions');
    expect(result.exceptions).toEqual([`sign of life: ${NOT_SEEN}: given up by kim`]);
    expect(handlesIn(result.details)).toHaveLength(1);
  });

  it.concurrent('cannot be cancelled any more once there is a new key', async ({ expect }) => {
    const { domain } = await activePast(harness);
    const { workflowId } = await rotate(domain);
    await harness.until(workflowId, waits);
    const { accepted } = await harness.client.cancel(workflowId, { by: 'kim' });
    expect(accepted).toBe(false);
    await claimAndEnter(workflowId);
    await endOf(harness, workflowId, 'succeeded');
  });
});
