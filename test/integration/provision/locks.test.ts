import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdempotencyConflict, type ProvisionSiteInput } from '../../../src/client.js';
import { workflowIdFor } from '../../../src/domain/operations.js';
import { type Harness, startHarness } from '../../support/harness.js';
import {
  aName,
  effectsOn,
  endOf,
  eventually,
  fullName,
  occupy,
  onCreate,
  siteIn,
  slowly,
  untilCalled,
} from './support.js';

describe('two provisions of one site', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ commandMs: 60_000 });
  });
  afterAll(() => harness.close());

  const HOUR = 3_600;

  /** Holds the lock, and its request has not arrived yet: it does when an hour is over. */
  const first = async (subdomain: string) => {
    harness.simulator.addFault(onCreate(subdomain, { kind: 'late', seconds: HOUR }));
    const handle = await harness.client.provision(harness.input({ subdomain }));
    await untilCalled(harness, 'press.api.site.new', subdomain);
    return handle;
  };
  const letItArrive = () => harness.simulator.clock.advance(HOUR * 1_000);

  it('the second queues, and is refused when the name is taken', async () => {
    const subdomain = aName();
    const one = await first(subdomain);
    const two = await harness.client.provision(harness.input({ subdomain }));
    const queued = await harness.until(two.workflowId, ({ state }) => state === 'queued');
    expect(queued.waiting?.what).toContain(`provision ${one.operationId}`);
    letItArrive();
    await endOf(harness, one.workflowId, 'succeeded');
    const { reason } = await endOf(harness, two.workflowId, 'refused');
    expect(reason).toMatch(/exists already, in this team/);
    expect(effectsOn(harness, one.site)).toEqual(['site.create']);
  });

  it('the second is refused at once when it says so, naming the holder', async () => {
    const subdomain = aName();
    const one = await first(subdomain);
    const input = harness.input({ subdomain, ifBusy: 'refuse' });
    const two = await harness.client.provision(input);
    const { reason } = await endOf(harness, two.workflowId, 'refused');
    expect(reason).toContain(`${one.site} is held by provision ${one.operationId} since `);
    letItArrive();
    await endOf(harness, one.workflowId, 'succeeded');
  });
});

describe('a queue that does not move', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ timing: { queueDeadline: 400 } });
  });
  afterAll(() => harness.close());

  it('is left after the deadline', async () => {
    const subdomain = aName();
    const release = await occupy(harness, fullName(harness, subdomain));
    const { workflowId } = await harness.client.provision(harness.input({ subdomain }));
    const { reason } = await endOf(harness, workflowId, 'refused');
    expect(reason).toMatch(/is held by provision /);
    await release();
  });
});

describe('the same idempotency key', () => {
  let harness: Harness;
  /** As it is when retention is over: the ledger remembers, Temporal does not. */
  let later: Harness;
  beforeAll(async () => {
    harness = await startHarness();
    later = await startHarness({ ledgerUrl: harness.ledgerUrl });
  });
  afterAll(async () => {
    await later.close();
    await harness.close();
  });

  const keyed = () => harness.input({ subdomain: aName(), idempotencyKey: randomUUID() });

  /** Stops between two steps, its site made and its locks taken. */
  const startAndHold = async (input: ProvisionSiteInput) => {
    const site = fullName(harness, input.subdomain);
    harness.simulator.addFault(slowly(site));
    const handle = await harness.client.provision(input);
    await eventually(() => siteIn(harness, site) !== undefined);
    await harness.client.hold(handle.workflowId, { by: 'ops' });
    await harness.until(handle.workflowId, ({ state }) => state === 'held');
    return handle;
  };

  it.concurrent('with the same payload is the same operation, running and long after', async () => {
    const { client } = harness;
    const input = keyed();
    const one = await client.provision(input);
    expect(one.started).toBe(true);
    expect(await client.provision(input)).toEqual({ ...one, started: false });
    const result = await endOf(harness, one.workflowId, 'succeeded');
    expect(await client.provision(input)).toEqual({ ...one, started: false });

    expect((await later.client.provision(input)).started).toBe(true);
    expect(await later.client.wait(one.workflowId)).toEqual(result);
    expect(effectsOn(harness, one.site)).toEqual(['site.create']);
    expect(await harness.ledger.verify(one.operationId)).toEqual([]);
  });

  it.concurrent(
    'with another payload is a conflict, even when Temporal has forgotten',
    async () => {
      const { client } = harness;
      const input = keyed();
      const one = await client.provision(input);
      const other = { ...input, plan: 'USD 10' };
      await expect(client.provision(other)).rejects.toThrow(IdempotencyConflict);
      const result = await endOf(harness, one.workflowId, 'succeeded');
      await expect(client.provision(other)).rejects.toThrow(IdempotencyConflict);

      await later.client.provision(other);
      const refused = await later.client.wait(one.workflowId);
      expect(refused).toMatchObject({ outcome: 'refused' });
      expect(refused.reason).toMatch(/^IdempotencyConflict/);
      expect(await harness.ledger.getOperation(one.operationId)).toMatchObject({ result });
      expect(effectsOn(harness, one.site)).toEqual(['site.create']);
    },
  );

  it.concurrent('for another site is refused, and does not disturb the first', async () => {
    const { client } = harness;
    const input = { ...keyed(), config: { mail_server: 'mx.example.com' } };
    const one = await startAndHold(input);
    const two = await client.provision({ ...input, subdomain: aName() });
    const refused = await client.wait(two.workflowId);
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(refused.reason).toMatch(/^IdempotencyConflict/);

    const held = await harness.ledger.locks();
    expect(held.filter(({ operationId }) => operationId === one.operationId)).toHaveLength(2);
    await client.resume(one.workflowId, { by: 'ops' });
    await endOf(harness, one.workflowId, 'succeeded');
    expect(effectsOn(harness, two.site)).toEqual([]);
  });

  it.concurrent('an operation id that runs already cannot run twice', async () => {
    const { client } = harness;
    const { domain } = harness.simulator;
    const config = { mail_server: 'mx.example.com' };
    const input = { ...harness.input({ subdomain: aName(), config }), domain };
    const one = await startAndHold(input);
    const twin = workflowIdFor('provision', 'elsewhere', one.operationId);
    await client.temporal.workflow.start('provisionSite', {
      workflowId: twin,
      taskQueue: 'sitewright',
      args: [{ ...input, operationId: one.operationId }],
    });
    const refused = await client.wait(twin);
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(refused.reason).toBe(`it runs already, as ${one.workflowId}`);
    await client.resume(one.workflowId, { by: 'ops' });
    await endOf(harness, one.workflowId, 'succeeded');
    expect(effectsOn(harness, one.site)).toEqual(['site.create', 'config.update']);
  });
});
