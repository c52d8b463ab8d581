import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Worker } from '@temporalio/worker';
import { expect, inject, it, onTestFinished } from 'vitest';
import { QUEUES } from '../../../src/domain/queues.js';
import { connectClient } from '../../../src/temporal/connection.js';
import { connectWorker } from '../../../src/temporal/worker-connection.js';
import { prepareNamespace } from '../../../src/temporal/namespace.js';
import { queuesNotPolled } from '../../../src/temporal/worker-health.js';

const target = { address: inject('temporalAddress'), namespace: `prepared-${randomUUID()}` };

it('makes a namespace ready, more than once, and tells which queues its workers leave out', async () => {
  const { client, connection } = await connectClient(target);
  onTestFinished(() => connection.close());
  await prepareNamespace(connection, target.namespace);
  await prepareNamespace(connection, target.namespace);
  const found = await client.workflow.count(`Site = 'shop.example.com'`);
  expect(found.count).toBe(0);

  const queues = Object.values(QUEUES);
  expect(await queuesNotPolled(client, hostname())).toEqual(queues);
  const { connection: workerConnection } = await connectWorker(target);
  onTestFinished(() => workerConnection.close());
  const worker = await Worker.create({
    connection: workerConnection,
    namespace: target.namespace,
    taskQueue: QUEUES.internal,
    activities: { noOp: async () => undefined },
  });
  await worker.runUntil(async () => {
    const others = queues.filter((queue) => queue !== QUEUES.internal);
    await expect.poll(() => queuesNotPolled(client, hostname())).toEqual(others);
    expect(await queuesNotPolled(client, 'another-host')).toEqual(queues);
  });
});
