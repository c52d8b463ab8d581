import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
} from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../../src/domain/search-attributes.js';
import { connectClient } from '../../../src/temporal/connection.js';
import {
  startEmbeddedTemporal,
  type EmbeddedTemporal,
  type EmbeddedTemporalOptions,
} from '../../../src/temporal/embedded-server.js';
import { readInstance } from '../../../src/temporal/instance-lock.js';
import { identify, isRunning } from '../../../src/temporal/process-identity.js';

let root: string;
let dataDir: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'sitewright-embedded-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(root, 'data-'));
});

async function start(options: Partial<EmbeddedTemporalOptions> = {}): Promise<EmbeddedTemporal> {
  const server = await startEmbeddedTemporal({ dataDir, durability: 'off', ui: false, ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function startWorkflow(address: string, workflowId: string): Promise<void> {
  const { client, connection } = await connectClient({ address });
  await client.workflow.start('nobodyRunsThis', { workflowId, taskQueue: 'none' });
  await connection.close();
}

describe('embedded Temporal server', () => {
  it('is ready when started: namespace, search attributes, web UI', async () => {
    const server = await start({ namespace: 'sites', ui: true, fastTimers: true });
    const { client, connection, namespace } = await connectClient(server);
    onTestFinished(() => connection.close());
    expect(namespace).toBe('sites');
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace,
    });
    expect(Object.keys(customAttributes)).toEqual(
      expect.arrayContaining(SEARCH_ATTRIBUTES.map(({ name }) => name)),
    );
    expect(await client.workflow.count(`NeedsAttention = true AND WaitingFor = 'owner'`)).toEqual(
      expect.objectContaining({ count: 0 }),
    );
    const page = await fetch(server.uiUrl ?? '');
    expect(page.status).toBe(200);
  });

  it('passes the codec endpoint on to the web UI', async () => {
    const server = await start({ ui: true, codecEndpoint: 'http://127.0.0.1:1/codec' });
    const settings = await fetch(`${server.uiUrl}/api/v1/settings`);
    expect(await settings.text()).toContain('http://127.0.0.1:1/codec');
  });

  it('goes on, at the same addresses, where the last run ended', async () => {
    const first = await start({ ui: true });
    await startWorkflow(first.address, 'survivor');
    await first.stop();
    expect(isRunning(identify(first.pid))).toBe(false);

    const second = await start({ ui: true });
    expect([second.address, second.uiUrl]).toEqual([first.address, first.uiUrl]);
    const { client, connection } = await connectClient(second);
    onTestFinished(() => connection.close());
    const { status } = await client.workflow.getHandle('survivor').describe();
    expect(status.name).toBe('RUNNING');
  });

  it('moves to another port when the last one is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    await writeFile(path.join(dataDir, 'temporal-ports.json'), JSON.stringify({ port }));

    expect((await start()).address).not.toBe(`127.0.0.1:${port}`);
    const other = path.join(root, 'wanted');
    await expect(start({ dataDir: other, port })).rejects.toThrow(`port ${port}`);
  });

  it('refuses a second start on the same data, or attaches to the first', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({
      name: 'EmbeddedTemporalRunning',
      pid: process.pid,
      address: first.address,
      message: expect.stringContaining(first.address) as string,
    });

    const attached = await start({ attach: true });
    expect(attached).toMatchObject({ address: first.address, pid: first.pid, attached: true });
    await attached.stop();
    expect(isRunning(identify(first.pid))).toBe(true);
  });

  it('is started once by many who start it at once', async () => {
    const servers = await Promise.all(Array.from({ length: 5 }, () => start({ attach: true })));
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
    expect(servers.filter(({ attached }) => !attached)).toHaveLength(1);
  });

  it('says why it did not come up, and leaves nothing behind', async () => {
    await writeFile(path.join(dataDir, 'temporal.db'), 'this is no database, and long enough');
    const failed = await startEmbeddedTemporal({ dataDir }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: 'EmbeddedTemporalFailed' });
    expect(String(failed)).toMatch(/not a database/);

    await rm(path.join(dataDir, 'temporal.db'));
    await start();
  });

  it('tells when the server dies, and starts again', async () => {
    const reasons: string[] = [];
    const server = await start({ onUnexpectedExit: (reason) => reasons.push(reason) });
    process.kill(server.pid, 'SIGKILL');
    await expect.poll(() => reasons).toEqual(['ended with SIGKILL']);
    await expect.poll(() => readInstance(path.join(dataDir, 'temporal.lock'))).toBeUndefined();
    await start();
  });

  it('ends with a parent that is killed, and its data can be used at once', async () => {
    const program = fileURLToPath(new URL('./embedded-parent.mjs', import.meta.url));
    const module = path.join(inject('distPath'), 'src/temporal/embedded-server.js');
    const parent = fork(program, [pathToFileURL(module).href, dataDir], { execArgv: [] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [first] = (await once(parent, 'message')) as [EmbeddedTemporal];
    await startWorkflow(first.address, 'survivor');
    const server = identify(first.pid);
    expect(isRunning(server)).toBe(true);

    const gone = once(parent, 'exit');
    parent.kill('SIGKILL');
    await gone;
    const second = await start();
    expect(isRunning(server)).toBe(false);
    const { client, connection } = await connectClient(second);
    onTestFinished(() => connection.close());
    const { status } = await client.workflow.getHandle('survivor').describe();
    expect(status.name).toBe('RUNNING');
  });
});
