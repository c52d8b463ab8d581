import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { superviseWorker, type Supervised } from '../../../src/stack/supervision.js';

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

/** A stack whose worker is dead; `restart` answers the pid of the next one. */
function stackWith(restart: () => Promise<number>): Supervised {
  const worker = { pid: deadPid(), kill: async () => undefined, stop: async () => undefined };
  return {
    worker,
    restartWorker: async () => {
      worker.pid = await restart();
    },
  };
}

describe('a worker that has died', () => {
  it('is started again, and left alone while it lives', async () => {
    const said: string[] = [];
    const asked = new AbortController();
    const stack = stackWith(async () => process.pid);
    const ended = superviseWorker(stack, asked.signal, (message) => said.push(message));
    await expect
      .poll(() => said, { timeout: 5_000 })
      .toEqual(['the worker has ended; starting it again (1 of 5)', 'the worker is back']);
    asked.abort();
    await ended;
    expect(said).toHaveLength(2);
  });

  it('is given up when it keeps dying, and that is said', async () => {
    const said: string[] = [];
    const stack = stackWith(() => Promise.reject(new Error('the worker ended while starting')));
    const never = new AbortController().signal;
    await superviseWorker(stack, never, (message) => said.push(message));
    expect(said.filter((message) => message.startsWith('the worker has ended; '))).toHaveLength(5);
    expect(said).toContain('the worker ended while starting');
    expect(said.at(-1)).toContain('is not started again');
  });
});
