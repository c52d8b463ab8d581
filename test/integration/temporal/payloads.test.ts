import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type Connection, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundleWorkflows } from '../../../scripts/bundle-workflows.js';
import { createPayloadCodec } from '../../../src/security/codec.js';
import { parseKeyRing } from '../../../src/security/key-ring.js';
import { connectClient } from '../../../src/temporal/connection.js';
import { connectWorker } from '../../../src/temporal/worker-connection.js';
import { createDataConverter } from '../../../src/temporal/data-converter.js';
import type { echo, fail } from './payload-workflows.js';

const secret = 'correct horse battery staple';
const taskQueue = `payloads-${randomUUID()}`;
const target = { address: inject('temporalAddress'), namespace: inject('namespace') };
const codec = createPayloadCodec(parseKeyRing(`k:${randomBytes(32).toString('base64')}`));
const dataConverter = createDataConverter(codec);

let folder: string;
let client: Client;
let connection: Connection;
let workerConnection: NativeConnection;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-payloads-'));
  const workflows = new URL('./payload-workflows.ts', import.meta.url);
  await bundleWorkflows(fileURLToPath(workflows), path.join(folder, 'bundle.js'));
  ({ client, connection } = await connectClient(target, dataConverter));
  ({ connection: workerConnection } = await connectWorker(target));
});
afterAll(async () => {
  await workerConnection.close();
  await connection.close();
  await rm(folder, { recursive: true, force: true });
});

/** Everything the server stores of a run, its bytes as text. */
async function storedHistory(workflowId: string): Promise<string> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace: target.namespace,
    execution: { workflowId },
  });
  return JSON.stringify(history).replaceAll(
    /"(data|encoding)":"([^"]+)"/g,
    (_, name: string, base64: string) =>
      `"${name}":"${Buffer.from(base64, 'base64').toString('latin1')}"`,
  );
}

async function createWorker(): Promise<Worker> {
  return Worker.create({
    connection: workerConnection,
    namespace: target.namespace,
    taskQueue,
    workflowBundle: { codePath: path.join(folder, 'bundle.js') },
    dataConverter,
  });
}

describe('payloads on the way to Temporal', () => {
  it('are stored encrypted and read in clear: input, result, failure, query', async () => {
    const [echoId, failId] = [randomUUID(), randomUUID()];
    const worker = await createWorker();
    await worker.runUntil(async () => {
      const result = await client.workflow.execute<typeof echo>('echo', {
        args: [{ secret }],
        taskQueue,
        workflowId: echoId,
      });
      expect(result).toEqual({ secret });

      const failed = await client.workflow
        .execute<typeof fail>('fail', { args: [secret], taskQueue, workflowId: failId })
        .catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(WorkflowFailedError);
      const { cause } = failed as WorkflowFailedError;
      expect(cause).toBeInstanceOf(ApplicationFailure);
      expect(cause).toMatchObject({
        message: `refused: ${secret}`,
        type: 'Refused',
        details: [{ secret }],
        stack: expect.stringContaining('payload-workflows') as string,
      });
      const handle = client.workflow.getHandle(failId);
      expect(await handle.query('lastWords')).toBe(secret);
    });

    for (const workflowId of [echoId, failId]) {
      const stored = await storedHistory(workflowId);
      expect(stored).toContain('binary/encrypted');
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain('payload-workflows');
    }
  });

  it('may come in clear from a plain SDK, whose results are still encrypted', async () => {
    const plainClient = new Client({ connection, namespace: target.namespace });
    const workflowId = randomUUID();
    const worker = await createWorker();
    await worker.runUntil(async () => {
      const handle = await plainClient.workflow.start<typeof echo>('echo', {
        args: ['hello'],
        taskQueue,
        workflowId,
      });
      expect(await client.workflow.getHandle(workflowId).result()).toBe('hello');
      await expect(handle.result()).rejects.toThrow(/encrypted/);
    });
  });
});
