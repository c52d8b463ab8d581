import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReconcileReport } from '../../../src/activities/reconcile.js';
import type { RunState } from '../../../src/activities/deps.js';
import { createReconcileActivities } from '../../../src/activities/reconcile.js';
import type { Answer, Choice, OperationHandle } from '../../../src/client.js';
import { workflowIdFor } from '../../../src/domain/operations.js';
import { type Harness, startHarness } from '../../support/harness.js';
import {
  aName,
  effectsOn,
  endOf,
  eventually,
  fullName,
  onCreate,
  onJob,
  untilCalled,
} from './support.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({
    policy: { people: { ops: ['operator'], eve: ['intern'] } },
  });
});
afterAll(() => harness.close());

/** One pass, as the schedule starts it. */
const reconcile = () => {
  const options = { workflowId: `reconcile-${randomUUID()}`, taskQueue: 'sitewright', args: [] };
  return harness.client.temporal.workflow.execute('reconcile', options) as Promise<ReconcileReport>;
};
/** What the client does when it finds that a run has ended. */
const settle = (operationId: string, choice: Choice) => {
  const args = [{ operationId, choice, by: 'ops' }];
  const options = { workflowId: randomUUID(), taskQueue: 'sitewright', args };
  return harness.client.temporal.workflow.execute('settleOrphan', options) as Promise<Answer>;
};
const alarmsOf = async (operationId: string) => {
  const { alarms } = await reconcile();
  return alarms.flatMap((alarm) => (alarm.operationId === operationId ? [alarm.problem] : []));
};
const alarmEvents = async (operationId: string) =>
  (await harness.ledger.events(operationId)).filter(({ type }) => type === 'operation.alarm');
const told = (operationId: string) =>
  harness.notifications.filter((notification) => notification.operationId === operationId);
const locksOf = async (operationId: string) =>
  (await harness.ledger.locks()).filter((lock) => lock.operationId === operationId);

/** An operation that has a lock, and of which only the ledger knows. */
const inTheLedger = async () => {
  const operationId = `lost-${randomUUID().slice(0, 8)}`;
  const site = fullName(harness, aName());
  await harness.ledger.openOperation(
    {
      operationId,
      kind: 'provision',
      site,
      account: 'main',
      requestedBy: 'erp',
      idempotencyKey: null,
      payloadHash: operationId,
      reason: null,
      workflowId: workflowIdFor('provision', site, operationId),
      runId: 'lost',
      input: {},
    },
    { key: 'opened', type: 'operation.opened', data: {} },
  );
  await harness.ledger.acquireLocks(operationId, [`site:${site}`]);
  return { operationId, site };
};

/** Terminated while Press makes the site and before it has answered. */
const terminated = async (): Promise<OperationHandle> => {
  const subdomain = aName();
  harness.simulator.addFault(onCreate(subdomain, { kind: 'delay', seconds: 300 }));
  const handle = await harness.client.provision(harness.input({ subdomain }));
  await untilCalled(harness, 'press.api.site.new', subdomain);
  await harness.client.temporal.workflow.getHandle(handle.workflowId).terminate('by a test');
  return handle;
};

/** Held after its site is there, before the configuration. */
const held = async (): Promise<OperationHandle> => {
  const subdomain = aName();
  const site = fullName(harness, subdomain);
  harness.simulator.addFault(onJob(site, 'New Site', { kind: 'slow', factor: 4 }));
  const handle = await harness.client.provision(
    harness.input({ subdomain, config: { mail_server: 'mx.example.com' } }),
  );
  await eventually(() => effectsOn(harness, handle.site).includes('site.create'));
  await harness.client.hold(handle.workflowId, { by: 'ops' });
  await harness.until(handle.workflowId, ({ state }) => state === 'held');
  return handle;
};

describe('an operation whose run was terminated', () => {
  it('raises one alarm however often it is looked at, and keeps its lock', async () => {
    const { operationId, site } = await terminated();
    const problem = 'its run was terminated without an outcome';
    expect(await alarmsOf(operationId)).toEqual([problem]);
    expect(await alarmsOf(operationId)).toEqual([problem]);
    expect(await alarmEvents(operationId)).toMatchObject([{ data: { problem, state: 'running' } }]);
    expect(told(operationId)).toMatchObject([{ site, message: problem }]);
    expect(await harness.ledger.getOperation(operationId)).toMatchObject({
      needsAttention: true,
      closedAt: null,
    });
    expect(await locksOf(operationId)).toHaveLength(2);
    await expect
      .poll(() => harness.client.list({ site }))
      .toMatchObject([{ operationId, state: 'needs_human' }]);
  });

  it('goes on when a person says retry: the site is made once', async () => {
    const { workflowId, operationId, site } = await terminated();
    await reconcile();
    const answer = await harness.client.resolve(workflowId, 'retry', { by: 'ops', reason: 'oops' });
    expect(answer).toEqual({ accepted: true, reason: 'it goes on where it stopped' });
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create']);
    expect(await alarmsOf(operationId)).toEqual([]);
    expect(await harness.ledger.decisionsOf(operationId)).toMatchObject([
      { verdict: 'retry', by: 'ops', accepted: true, reason: 'oops' },
    ]);
  });

  it('raises no alarm while the run that goes on is at work', async () => {
    const { workflowId, operationId } = await held();
    await harness.client.temporal.workflow.getHandle(workflowId).terminate();
    expect(await alarmsOf(operationId)).toHaveLength(1);
    await harness.client.resolve(workflowId, 'retry', { by: 'ops' });
    await harness.until(workflowId, ({ state }) => state === 'held');
    expect(await alarmsOf(operationId)).toEqual([]);
    expect(await harness.ledger.getOperation(operationId)).toMatchObject({ needsAttention: false });
    await harness.client.resume(workflowId, { by: 'ops' });
    await endOf(harness, workflowId, 'succeeded');
  });

  it('is closed when a person says abandon: locks are free, the site is left, its secrets are told of', async () => {
    const { workflowId, operationId, site } = await terminated();
    const handle = randomUUID().replaceAll('-', '');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const secret = { handle, operationId, label: 'API key ending in 1a2b', sealed: 'sealed' };
    await harness.ledger.putHandover({ ...secret, expiresAt });
    const answer = await harness.client.resolve(workflowId, 'abandon', { by: 'ops' });
    expect(answer.accepted).toBe(true);
    expect(await harness.ledger.getOperation(operationId)).toMatchObject({
      state: 'abandoned',
      needsAttention: false,
      result: {
        outcome: 'abandoned',
        reason: 'its run was lost; abandoned by ops',
        details: { 'secret.api_key': handle },
      },
    });
    expect(await locksOf(operationId)).toEqual([]);
    expect(await alarmsOf(operationId)).toEqual([]);
    expect(await harness.ledger.verify(operationId)).toEqual([]);
    expect(effectsOn(harness, site)).toEqual(['site.create']);
    const again = await harness.client.resolve(workflowId, 'retry', { by: 'ops' });
    expect(again).toEqual({ accepted: false, reason: 'the operation has ended' });
  });

  it('is resolved neither by a stranger nor in a way that needs a live run', async () => {
    const { workflowId, operationId } = await terminated();
    const refused: [Choice, string, RegExp][] = [
      ['retry', 'mallory', /mallory is not known/],
      ['abandon', 'eve', /eve has none of the roles operator/],
      ['roll_back', 'ops', /roll_back needs a live run; choose retry or abandon/],
    ];
    for (const [choice, by, reason] of refused) {
      const answer = await harness.client.resolve(workflowId, choice, { by });
      expect(answer).toEqual({
        accepted: false,
        reason: expect.stringMatching(reason) as string,
      });
    }
    expect(await locksOf(operationId)).toHaveLength(2);
    const decisions = await harness.ledger.decisionsOf(operationId);
    expect(decisions.map(({ by, accepted }) => [by, accepted])).toEqual([
      ['mallory', false],
      ['eve', false],
      ['ops', false],
    ]);
  });

  it('and that Temporal has forgotten can only be abandoned', async () => {
    const { operationId } = await inTheLedger();
    expect(await alarmsOf(operationId)).toEqual(['Temporal knows no run of it']);
    expect((await settle(operationId, 'retry')).reason).toMatch(/only abandon is left/);
    expect(await settle(operationId, 'abandon')).toMatchObject({ accepted: true });
    expect(await locksOf(operationId)).toEqual([]);
  });
});

describe('an operation whose run', () => {
  it('is alive is left alone, and not to be resolved from outside', async () => {
    const { workflowId, operationId } = await held();
    expect(await alarmsOf(operationId)).toEqual([]);
    expect(await settle(operationId, 'abandon')).toEqual({
      accepted: false,
      reason: 'its run is alive',
    });
    await harness.client.resume(workflowId, { by: 'ops' });
    await endOf(harness, workflowId, 'succeeded');
  });

  it('was reset by somebody is told of once, and ends as it should', async () => {
    const { workflowId, operationId, site } = await held();
    await harness.deps.runs.goOn(workflowId);
    const problem = 'it was reset in Temporal: another run goes on';
    expect(await alarmsOf(operationId)).toEqual([problem]);
    expect(await alarmsOf(operationId)).toEqual([problem]);
    expect(await alarmEvents(operationId)).toHaveLength(1);
    await harness.until(workflowId, ({ state }) => state === 'held');
    await harness.client.resume(workflowId, { by: 'ops' });
    await endOf(harness, workflowId, 'succeeded');
    expect(effectsOn(harness, site)).toEqual(['site.create', 'config.update']);
    expect(await alarmsOf(operationId)).toEqual([]);
  });

  /** A pass that sees runs as this test says. */
  const reconcileWith = (describeRun: () => Promise<RunState>) => {
    const runs = { ...harness.deps.runs, describe: describeRun };
    return createReconcileActivities({ ...harness.deps, runs }).reconcileOperations();
  };

  it('is asked about together with others: a great many do not take long', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await inTheLedger()).operationId));
    let asked = 0;
    const { alarms } = await reconcileWith(async () => {
      asked += 1;
      await eventually(() => asked >= ids.length);
      return { status: 'missing', runId: null, stuck: false };
    });
    const alarmed = alarms.map(({ operationId }) => operationId);
    expect(alarmed).toEqual(expect.arrayContaining(ids));
  });

  it('cannot go on, because its workflow task keeps failing, raises an alarm', async () => {
    const { operationId } = await inTheLedger();
    const stuck = async () => ({ status: 'running', runId: 'lost', stuck: true }) as const;
    const { alarms } = await reconcileWith(stuck);
    const problem = 'its workflow task keeps failing: the worker code cannot go on';
    expect(alarms).toContainEqual({ operationId, problem });
    expect(told(operationId)).toMatchObject([{ message: problem }]);
    expect(await locksOf(operationId)).toHaveLength(1);
  });

  it('ends while the reconciler looks raises no alarm', async () => {
    const { operationId, site } = await inTheLedger();
    const { alarms } = await reconcileWith(async () => {
      await harness.ledger.closeOperation(
        { operationId, kind: 'provision', site, outcome: 'cancelled', exceptions: [], details: {} },
        { key: 'closed', type: 'operation.closed', data: {} },
      );
      return { status: 'completed', runId: 'lost', stuck: false };
    });
    expect(alarms.filter((alarm) => alarm.operationId === operationId)).toEqual([]);
    expect(told(operationId)).toEqual([]);
    expect(await alarmEvents(operationId)).toEqual([]);
  });
});
