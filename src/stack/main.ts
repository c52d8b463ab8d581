import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.js';
import { EmbeddedTemporalRunning } from '../temporal/embedded-errors.js';
import { findStack } from './discovery.js';
import { greet } from './greeting.js';
import { startStack } from './stack.js';
import { superviseWorker } from './supervision.js';

/** A provision of some minutes then takes some seconds: slow enough to look at. */
const DEFAULT_SPEED = 20;

const HELP = `npm start [-- --speed 20] [-- --data-dir DIR] [-- --policy FILE]

Runs Temporal, a simulated Frappe Cloud and a worker on this machine until Ctrl-C. What is open
then goes on at the next start.

  --speed <n>       how many times as fast as the real Frappe Cloud (default ${DEFAULT_SPEED})
  --data-dir <dir>  where everything is kept (default SITEWRIGHT_DATA_DIR, else .sitewright)
  --policy <file>   policy (default: the packaged one, where anybody is an operator)
`;

/** Why the stack cannot run, for the person who started it. */
class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      speed: { type: 'string', default: String(DEFAULT_SPEED) },
      'data-dir': { type: 'string' },
      policy: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const speed = Number(values.speed);
  if (!(speed >= 1)) throw new CannotStart(`--speed ${values.speed}: a number from 1 on`);
  const usual = loadConfig().dataDir;
  const dataDir = path.resolve(values['data-dir'] ?? usual);
  const policyFile = values.policy === undefined ? undefined : path.resolve(values.policy);
  if (policyFile !== undefined && !existsSync(policyFile)) {
    throw new CannotStart(`--policy: ${policyFile} does not exist`);
  }
  await refuseSecondStart(dataDir);

  const asked = new AbortController();
  const stop = () => asked.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const stack = await startStack({
    dataDir,
    speed,
    onProgress: (message) => say(`  ${message}\n`),
    ...(policyFile !== undefined && { policyFile }),
  });
  say(greet(stack.record, { speed, dataDir, isUsualDataDir: dataDir === usual }));
  const watching = superviseWorker(stack, asked.signal, (message) => say(`${message}\n`));
  await untilAborted(asked.signal);
  say('\nstopping; what is open goes on at the next start\n');
  await watching;
  await stack.close();
}

/** @throws CannotStart naming the process and its addresses */
async function refuseSecondStart(dataDir: string): Promise<void> {
  const running = await findStack(dataDir);
  if (running === null) return;
  const { pid, temporalAddress, uiUrl, simulatorUrl } = running;
  throw new CannotStart(
    `a stack already runs on ${dataDir}: process ${pid}\n` +
      `  Temporal ${temporalAddress}, UI ${uiUrl}, simulator ${simulatorUrl}\n` +
      `  stop it: kill ${pid}; or start another: npm start -- --data-dir <dir>`,
  );
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function say(text: string): void {
  process.stdout.write(text);
}

main().catch((error: unknown) => {
  const known = error instanceof CannotStart || error instanceof EmbeddedTemporalRunning;
  const text = error instanceof Error ? (known ? error.message : reasonOf(error)) : String(error);
  process.stderr.write(`Cannot start: ${text}\n`);
  process.exitCode = 1;
});

/** Errors of named classes explain themselves; of others the stack trace is the only clue. */
function reasonOf(error: Error): string {
  return error.constructor === Error || error.name.endsWith('TypeError')
    ? (error.stack ?? error.message)
    : error.message;
}
