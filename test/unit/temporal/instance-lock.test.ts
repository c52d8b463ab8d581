import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { acquireInstanceLock, readInstance } from '../../../src/temporal/instance-lock.js';
import {
  identify,
  isRunning,
  type ProcessIdentity,
} from '../../../src/temporal/process-identity.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-lock-'));
  file = path.join(folder, 'temporal.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function endedProcess(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'spawn');
  const identity = identify(child.pid ?? 0);
  await once(child, 'exit');
  return identity;
}

async function take() {
  const result = await acquireInstanceLock(file);
  if (!('lock' in result)) throw new Error('the lock is held');
  return result.lock;
}

describe('instance lock', () => {
  it('is held by one, tells about it, and is free again after', async () => {
    const lock = await take();
    expect(await acquireInstanceLock(file)).toEqual({ heldBy: { owner: identify(process.pid) } });
    await lock.update({ server: identify(process.pid), address: '127.0.0.1:7233' });
    expect(await readInstance(file)).toMatchObject({ address: '127.0.0.1:7233' });
    await lock.release();
    await (await take()).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is got by exactly one of many', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => acquireInstanceLock(file)));
    expect(results.filter((result) => 'lock' in result)).toHaveLength(1);
  });

  it('is taken over, by exactly one, from an owner that is gone', async () => {
    const owner = await endedProcess();
    await writeFile(file, JSON.stringify({ owner, server: owner, address: '127.0.0.1:1' }));
    const results = await Promise.all(Array.from({ length: 20 }, () => acquireInstanceLock(file)));
    expect(results.filter((result) => 'lock' in result)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['temporal.lock']);
  });

  it('is taken over from an owner whose pid now belongs to another process', async () => {
    await writeFile(file, JSON.stringify({ owner: { pid: process.pid, startedAt: 'long ago' } }));
    expect(await acquireInstanceLock(file)).toHaveProperty('lock');
  });

  it('is taken over when the file says nothing', async () => {
    await writeFile(file, '');
    expect(await acquireInstanceLock(file)).toHaveProperty('lock');
  });

  it('is taken over after an earlier takeover was interrupted', async () => {
    await writeFile(file, JSON.stringify({ owner: await endedProcess() }));
    const guard = `${file}.takeover`;
    await mkdir(guard);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(guard, longAgo, longAgo);
    expect(await acquireInstanceLock(file)).toHaveProperty('lock');
  });

  it('waits for a server that outlives its owner', async () => {
    const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    onTestFinished(() => void server.kill('SIGKILL'));
    await once(server, 'spawn');
    const owner = await endedProcess();
    await writeFile(file, JSON.stringify({ owner, server: identify(server.pid ?? 0) }));

    let taken = false;
    const taking = take().then(() => (taken = true));
    expect(await readInstance(file)).toHaveProperty('server');
    expect(taken).toBe(false);
    server.kill('SIGKILL');
    await taking;
  });
});

describe('process identity', () => {
  it('knows a running process from one that has ended', async () => {
    expect(isRunning(identify(process.pid))).toBe(true);
    expect(isRunning(await endedProcess())).toBe(false);
  });
});
