import { randomUUID } from 'node:crypto';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReconcileReport } from '../../../src/activities/reconcile.js';
import { Client, type Connection } from '@temporalio/client';
import { QUEUES } from '../../../src/domain/queues.js';
import { prepareNamespace } from '../../../src/temporal/namespace.js';
import { createRuns } from '../../../src/temporal/runs.js';
import { type Harness, startHarness } from '../../support/harness.js';

describe('what only a worker can tell', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  const reconcile = () => {
    const options = { workflowId: randomUUID(), taskQueue: QUEUES.internal, args: [] };
    return harness.client.temporal.workflow.execute(
      'reconcile',
      options,
    ) as Promise<ReconcileReport>;
  };

  it('which accounts work, and what is wrong with the others; no key is shown', async () => {
    const diagnosis = await harness.client.diagnose();
    const { main, other } = harness.simulator.accounts;
    const of = (name: string) => diagnosis.accounts.find((account) => account.name === name);
    expect(of('main')).toEqual({
      name: 'main',
      ok: true,
      expectedTeam: main.team,
      team: main.team,
      user: main.user,
      reason: null,
    });
    expect(of('wrong-team')).toMatchObject({
      ok: false,
      expectedTeam: other.team,
      team: main.team,
      reason: expect.stringContaining(`Press acts as team "${main.team}"`) as string,
    });
    expect(of('wrong-key')).toMatchObject({
      ok: false,
      team: null,
      user: null,
      reason: expect.stringMatching(/^UNAUTHORIZED: /) as string,
    });
    expect(diagnosis.tenants).toEqual([
      { name: 'main', ok: true, reason: null },
      { name: 'other', ok: true, reason: null },
    ]);
    expect(diagnosis.ledger).toMatchObject({ dialect: 'sqlite', open: 0 });
    expect(diagnosis.policyVersion).toBe(harness.deps.policy.version);
    expect(diagnosis.sealTo).not.toHaveProperty('d');
    const text = JSON.stringify(diagnosis);
    for (const secret of [main.apiKey, main.apiSecret, 'not-the-secret']) {
      expect(text).not.toContain(secret);
    }
  });

  it('a lock that no open operation holds', async () => {
    expect(await reconcile()).toEqual({
      checked: 0,
      alarms: [],
      orphanLocks: [],
      unpolledQueues: [],
      expiredSecrets: 0,
    });
    const resource = `site:lost-${randomUUID()}`;
    const database = new Libsql((harness.workerEnvironment['DATABASE_URL'] ?? '').slice(5));
    database.pragma('foreign_keys = OFF');
    database
      .prepare('insert into locks (resource, operation_id, since) values (?, ?, ?)')
      .run(resource, 'nobody', new Date().toISOString());
    expect((await reconcile()).orphanLocks).toEqual([resource]);
    database.prepare('delete from locks').run();
    database.close();
    expect((await reconcile()).orphanLocks).toEqual([]);
  });

  it('a queue that nobody polls', async () => {
    const { connection } = harness.client.temporal;
    const namespace = `test-${randomUUID().slice(0, 8)}`;
    await prepareNamespace(connection as Connection, namespace);
    const elsewhere = createRuns(new Client({ connection, namespace }));
    expect(await elsewhere.unpolledQueues()).toEqual(Object.values(QUEUES));
    expect(await harness.deps.runs.unpolledQueues()).toEqual([]);
  });
});
