import { fork } from 'node:child_process';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A command that ends with the process that started it, however that one ends. */
export interface SupervisedProcess {
  pid: number;
  /** Settles when the command has ended, with the way it ended. */
  exited: Promise<string>;
  /** Ends the command and returns when it is gone. */
  stop(): Promise<void>;
}

type SupervisorMessage = { pid: number } | { failure: string };

/**
 * Starts a command under a supervisor (supervisor.mjs), its output appended to a log file.
 *
 * Both run in a process group of their own: Ctrl-C in a terminal reaches only us, and we stop the
 * server after the worker, not beside it.
 *
 * @throws Error when the command cannot be started.
 */
export async function startSupervised(
  command: string,
  args: readonly string[],
  logFile: string,
): Promise<SupervisedProcess> {
  const supervisor = fork(
    fileURLToPath(new URL('./supervisor.mjs', import.meta.url)),
    [logFile, command, ...args],
    { execArgv: [], detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  let failure: string | undefined;
  let pid: number | undefined;

  const exited = new Promise<string>((resolve) => {
    supervisor.once('error', (error) => resolve(error.message));
    supervisor.once('exit', (code, signal) => {
      // Without a last word the supervisor itself was killed, and the command goes on unwatched.
      if (failure === undefined && pid !== undefined) killIfRunning(pid);
      resolve(failure ?? `its supervisor ended with ${signal ?? `code ${code}`}`);
    });
  });
  const started = new Promise<number>((resolve) => {
    supervisor.on('message', (message: SupervisorMessage) => {
      if ('failure' in message) failure = message.failure;
      else resolve((pid = message.pid));
    });
  });

  const startedPid = await Promise.race([
    started,
    exited.then((reason) => {
      throw new Error(`${command} could not be started: ${reason}`);
    }),
  ]);
  return {
    pid: startedPid,
    exited,
    async stop() {
      if (supervisor.connected) supervisor.disconnect();
      await exited;
    },
  };
}

/** The end of a log file, for an error message. */
export async function tailOf(file: string, bytes = 2_000): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, bytes);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8').trim();
  } finally {
    await handle.close();
  }
}

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone: what we wanted.
  }
}
