import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('../worker.js', import.meta.url));

/** A worker in a process of its own, so that it can be killed like one. */
export interface WorkerProcess {
  readonly pid: number;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Ends it as an orderly shutdown does. */
  stop(): Promise<void>;
}

/**
 * Starts the worker and waits until it polls. Its log goes to `worker.log` in `dataDir`; it ends
 * with this process, because its standard input is a pipe to us.
 *
 * @throws Error with its last words when it ends instead
 */
export async function startWorkerProcess(
  env: Readonly<Record<string, string>>,
  dataDir: string,
): Promise<WorkerProcess> {
  await mkdir(dataDir, { recursive: true });
  const logFile = path.join(dataDir, 'worker.log');
  const log = createWriteStream(logFile, { flags: 'a' });
  const child = spawn(process.execPath, [WORKER], {
    env: { ...process.env, ...env, SITEWRIGHT_STOP_WITH_STDIN: '1' },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  let lastWords = '';
  const ready = new Promise<void>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      log.write(`${line}\n`);
      lastWords = wordsOf(line);
      if (line.includes('"worker ready"')) resolve();
    });
    child.once('exit', () =>
      reject(new Error(`the worker ended while starting: ${lastWords} (log: ${logFile})`)),
    );
  });
  await ready;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await exited;
    }
    log.end();
  };
  return { pid: child.pid ?? 0, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** What a line of the log says, without its fields. */
function wordsOf(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter(Boolean).join(': ');
  } catch {
    return line;
  }
}
