import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../../src/cli/doctor/finding.js';
import { connectClient } from '../../../src/temporal/connection.js';
import {
  run,
  type RunningStack,
  startCompiledStack,
  startMain,
  startSitewright,
} from './support.js';

describe('without an installation', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-none-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('prints help', async () => {
    const { code, stdout } = await run(['--help'], {});
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes:');
  });

  it('finds bad input without asking anybody', async () => {
    const args = ['provision', 'Acme Corp', '--plan', 'free', '--apps', 'erpnext'];
    const { code, stdout, stderr } = await run(args, { SITEWRIGHT_DATA_DIR: folder });
    expect(code).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toContain('Cannot start: 3 problems, nothing was sent');
  });

  it('says within 5 s that nobody answers, where, and what to do', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const env = { SITEWRIGHT_DATA_DIR: folder, TEMPORAL_ADDRESS: address };
    const startedAt = Date.now();
    const list = await run(['list'], env);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(list.code).toBe(69);
    expect(list.stderr).toContain(`${address} (connection refused). Start the local stack with`);

    const doctor = await run(['doctor', '--json'], env);
    expect(doctor.code).toBe(1);
    const { findings } = JSON.parse(doctor.stdout) as { findings: readonly Finding[] };
    expect(findings[0]).toMatchObject({ what: 'temporal', result: 'bad' });
    expect(findings.at(-1)).toMatchObject({ what: 'gateway', result: 'warn' });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['frappe-cloud', 'maplepress'])('simulates %s until it is interrupted', async (name) => {
    const child = startSitewright(['simulate', '--provider', name, '--json'], {});
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(chunk.toString()) as { url: string };
    expect((await fetch(`${url}/_sim/estate`)).status).toBe(200);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});

describe('with a local stack', () => {
  let stack: RunningStack;
  beforeAll(async () => {
    stack = await startCompiledStack();
  });
  afterAll(() => stack.close());

  it('has a doctor who finds nothing', async () => {
    const { code, stdout } = await stack.sitewright('doctor');
    expect(stdout).toMatch(/✓ Temporal \S+ at 127\.0\.0\.1:\d+, namespace default, 9 search/);
    expect(stdout).toContain('✓ workers polling: sitewright 1, sitewright-frappe-cloud 1');
    expect(stdout).toContain('✓ account main: team main00team');
    expect(stdout).toContain('✓ ledger sqlite');
    expect(stdout).toContain(`✓ gateway at ${stack.record.gatewayUrl}, accounts main`);
    expect(code).toBe(0);
  });

  it('refuses a second start, naming process and addresses', async () => {
    const second = startMain('--data-dir', stack.dataDir);
    const said = second.stderr ? await text(second.stderr) : '';
    expect(said).toContain(`process ${stack.record.pid}`);
    expect(said).toContain(stack.record.temporalAddress);
    expect(second.exitCode ?? (await once(second, 'exit'))[0]).not.toBe(0);
  });

  it('starts its worker again when that dies', async () => {
    const said: string[] = [];
    stack.process.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    process.kill(await workerOf(stack), 'SIGKILL');
    await vi.waitFor(() => expect(said.join('')).toContain('the worker is back'), {
      timeout: 30_000,
    });
    expect(await stack.sitewright('doctor')).toMatchObject({ code: 0 });
  });

  it('ends in order, and is forgotten', async () => {
    stack.process.kill('SIGTERM');
    expect(await once(stack.process, 'exit')).toEqual([0, null]);
    expect(await readdir(stack.dataDir)).not.toContain('stack.json');
  });
});

/** The worker says its process id to Temporal, as part of its identity. */
async function workerOf({ record }: RunningStack): Promise<number> {
  const { client, connection } = await connectClient({ address: record.temporalAddress });
  try {
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: record.namespace,
      taskQueue: { name: 'sitewright' },
      taskQueueType: 2,
    });
    return Number(pollers?.[0]?.identity?.split('@')[0]);
  } finally {
    await connection.close();
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
