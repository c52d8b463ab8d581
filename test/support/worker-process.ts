import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { inject, vi } from 'vitest';

/** The compiled worker, in a process of its own. */
export interface WorkerProcess {
  /** Everything it has said so far, on both streams. */
  log(): string;
  /** Sends it a signal, and waits until it has gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts the compiled worker, and waits until it works. */
export async function startWorkerProcess(
  environment: Readonly<Record<string, string>>,
): Promise<WorkerProcess> {
  const script = path.join(inject('distPath'), 'src/worker.js');
  const env = { ...process.env, ...environment };
  const child: ChildProcess = spawn(process.execPath, [script], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer): void => void (said += chunk.toString());
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await vi.waitUntil(() => said.includes('"worker ready"') || hasEnded(), { timeout: 60_000 });
  if (hasEnded()) throw new Error(`the worker did not start: ${said}`);
  return {
    log: () => said,
    async end(signal) {
      if (hasEnded()) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
}
