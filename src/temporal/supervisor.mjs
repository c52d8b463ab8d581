/**
 * Runs one command and ends it when the process that asked for it is gone. A process killed with
 * SIGKILL cannot stop its children; the pipe between it and this one breaks all the same.
 *
 * Started by embedded-server.ts with an IPC channel: `node supervisor.mjs <logFile> <command> …`
 */
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';

const [logFile, command, ...args] = process.argv.slice(2);
/** The server needs about 50 ms to stop; after this long it is not going to. */
const killAfterMs = 5_000;

const log = openSync(logFile, 'a');
const child = spawn(command, args, { stdio: ['ignore', log, log] });

child.once('error', (error) => end({ failure: error.message }));
child.once('exit', (code, signal) => end({ failure: `ended with ${signal ?? `code ${code}`}` }));
child.once('spawn', () => tell({ pid: child.pid }));

for (const event of ['disconnect', 'SIGTERM', 'SIGINT', 'SIGHUP']) process.on(event, stop);
if (!process.connected) stop();

function stop() {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
}

function end(message) {
  tell(message, () => process.exit(0));
}

/** A broken pipe is no error here: it means that nobody is left to be told. */
function tell(message, done = () => {}) {
  if (process.connected) process.send(message, done);
  else done();
}
