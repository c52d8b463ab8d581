import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client, Connection } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundleWorkflows } from '../../../scripts/bundle-workflows.js';
import { connectClient } from '../../../src/temporal/connection.js';
import { connectWorker } from '../../../src/temporal/worker-connection.js';
import type { tellTime } from './clock-workflow.js';

const taskQueue = `clock-${randomUUID()}`;
const target = { address: inject('temporalAddress'), namespace: inject('namespace') };

let folder: string;
let codePath: string;
let client: Client;
let connection: Connection;
let workerConnection: NativeConnection;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-clock-'));
  codePath = path.join(folder, 'bundle.js');
  const workflows = new URL('./clock-workflow.ts', import.meta.url);
  await bundleWorkflows(fileURLToPath(workflows), codePath);
  ({ client, connection } = await connectClient(target));
  ({ connection: workerConnection } = await connectWorker(target));
});
afterAll(async () => {
  await workerConnection.close();
  await connection.close();
  await rm(folder, { recursive: true, force: true });
});

/** A worker that dies once the workflow waits. */
async function killedOnce(isWaiting: () => Promise<unknown>): Promise<void> {
  const program = fileURLToPath(new URL('./clock-worker.mjs', import.meta.url));
  const args = [program, target.address, target.namespace, taskQueue, codePath];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const exited = once(child, 'exit');
  try {
    await isWaiting();
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

const begin = () =>
  client.workflow.start<typeof tellTime>('tellTime', {
    taskQueue,
    workflowId: `clock-${randomUUID()}`,
  });

describe('a query that makes another worker build up a run', () => {
  it('shows the workflow no event before its task', async () => {
    const handle = await begin();
    await killedOnce(() => handle.query('time'));
    // Both wait for the worker that was killed, the query a little shorter: another one gets it first.
    const asked = handle.query('time').catch(() => undefined);
    const worker = await Worker.create({
      connection: workerConnection,
      namespace: target.namespace,
      taskQueue,
      workflowBundle: { codePath },
    });
    await worker.runUntil(async () => {
      const other = await begin();
      await other.signal('tell');
      await other.result();
      await handle.signal('tell');

      const told = await handle.result();
      expect(told).toBe(await taskOfSignalBegan(handle.workflowId));
      await asked;
      expect(await handle.query('time')).toBe(told);
    });
  });
});

/** When the task that showed the signal to the workflow was started, in epoch milliseconds. */
async function taskOfSignalBegan(workflowId: string): Promise<number> {
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  const timer = events?.findIndex((event) => event.timerStartedEventAttributes);
  const task = events?.slice(0, timer).findLast((one) => one.workflowTaskStartedEventAttributes);
  const { seconds, nanos } = task?.eventTime ?? {};
  return Number(seconds) * 1000 + Math.floor((nanos ?? 0) / 1e6);
}
