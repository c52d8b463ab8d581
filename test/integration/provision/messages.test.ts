import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/client.js';
import { createPayloadCodec } from '../../../src/security/codec.js';
import { createDataConverter } from '../../../src/temporal/data-converter.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aName, effectsOn, endOf, eventually, fullName, siteIn, slowly } from './support.js';

const SIGNALS = ['approve', 'reject', 'resolve', 'hold', 'resume', 'hint'];
const GARBAGE: readonly unknown[] = [
  undefined,
  null,
  42,
  'approve it',
  [],
  [{ operationId: 'x', by: 'y' }],
  {},
  { by: 'kim' },
  { operationId: 'of somebody else', by: 'kim', planHash: 'x', choice: 'retry' },
  { operationId: 1, by: {}, planHash: [], choice: null },
  { operationId: '', by: '   ' },
  { toString: null, by: 'x'.repeat(100_000) },
];

describe('messages to a provision', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  const waiting = async () => {
    const { workflowId, operationId } = await harness.client.provision(
      harness.input({ plan: 'USD 100', subdomain: aName() }),
    );
    await harness.until(workflowId, ({ state }) => state === 'waiting_approval');
    const handle = harness.client.temporal.workflow.getHandle(workflowId);
    return { workflowId, operationId, handle };
  };

  it('of every wrong shape are counted and ignored', async () => {
    const { workflowId, handle } = await waiting();
    for (const signal of SIGNALS) {
      for (const given of GARBAGE) await handle.signal(signal, given);
      await handle.signal<[]>(signal);
      await handle.signal<[unknown, unknown]>(signal, null, { operationId: 'second argument' });
    }
    const sent = SIGNALS.length * (GARBAGE.length + 2);
    await harness.until(workflowId, ({ ignoredMessages }) => ignoredMessages === sent);

    for (const given of GARBAGE) {
      for (const update of ['decide', 'cancel']) {
        const answer = await handle.executeUpdate<Answer, [unknown]>(update, { args: [given] });
        expect(answer).toMatchObject({ accepted: false });
        expect(answer.reason).toMatch(/^not understood/);
      }
    }
    await harness.client.approve(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'succeeded');
  });

  it('that no key of ours opens are counted and ignored', async () => {
    const { workflowId, operationId, handle } = await waiting();
    const strange = createPayloadCodec([{ id: 'lost', key: randomBytes(32) }]);
    const { connection, options } = harness.client.temporal;
    const stranger = new Client({
      connection,
      namespace: options.namespace,
      dataConverter: createDataConverter(strange),
    }).workflow.getHandle(workflowId);
    const wellMeant = { operationId, by: 'kim', planHash: 'x', choice: 'retry' };
    for (const signal of SIGNALS) await stranger.signal(signal, wellMeant);
    const { ignoredMessages } = await harness.until(
      workflowId,
      (status) => status.ignoredMessages >= SIGNALS.length,
    );
    expect(ignoredMessages).toBe(SIGNALS.length);
    await handle.signal('reject', { ...wellMeant, planHash: 'not this one' });
    await harness.client.approve(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'succeeded');
  });

  it('beyond the fiftieth decision are dropped', async () => {
    const { workflowId, operationId, handle } = await waiting();
    const decision = { operationId, by: 'kim', planHash: 'of another plan' };
    await Promise.all(Array.from({ length: 60 }, () => handle.signal('reject', decision)));
    await harness.until(workflowId, ({ ignoredMessages }) => ignoredMessages === 10);
    expect((await harness.client.approve(workflowId, { by: 'kim' })).reason).toMatch(
      /more than 50/,
    );
    await expect.poll(async () => (await harness.ledger.decisionsOf(operationId)).length).toBe(50);
    await harness.client.cancel(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'cancelled');
  });

  /** Held after the creation, before the configuration. */
  const held = async () => {
    const subdomain = aName();
    const name = fullName(harness, subdomain);
    harness.simulator.addFault(slowly(name));
    const { workflowId } = await harness.client.provision(
      harness.input({ subdomain, config: { mail_server: 'mx.example.com' } }),
    );
    await eventually(() => siteIn(harness, name) !== undefined);
    await harness.client.hold(workflowId, { by: 'kim', reason: 'release day' });
    const status = await harness.until(workflowId, ({ state }) => state === 'held');
    expect(status.waiting).toMatchObject({ what: 'held by kim: release day' });
    expect(effectsOn(harness, status.site)).toEqual(['site.create']);
    return { workflowId, site: status.site };
  };

  it('hold it between two steps, and let it go on', async () => {
    const { workflowId, site } = await held();
    await harness.client.resume(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'config.update']);
  });

  it('can cancel what is held', async () => {
    const { workflowId, site } = await held();
    await harness.client.cancel(workflowId, { by: 'kim' });
    await endOf(harness, workflowId, 'cancelled');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'site.archive']);
  });
});
