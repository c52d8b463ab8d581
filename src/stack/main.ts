import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.js';
import { findStack } from './discovery.js';
import { greet } from './greeting.js';
import { startStack } from './stack.js';
import { superviseWorker } from './supervision.js';

/** A provision of some minutes then takes some seconds: slow enough to look at. */
const DEFAULT_SPEED = 20;

/** Made by the build, beside what it compiles. */
const BUNDLE = new URL('../../workflow-bundle.js', import.meta.url);

const HELP = `npm start [-- --speed 20] [-- --data-dir DIR] [-- --policy FILE]

Runs Temporal, a simulated Frappe Cloud and MaplePress, a worker and the gateway on this machine until
Ctrl-C. What is open then goes on at the next start.

  --speed <n>       how many times as fast as the real ones (default ${DEFAULT_SPEED})
  --data-dir <dir>  where everything is kept (default SITEWRIGHT_DATA_DIR, else .sitewright)
  --policy <file>   policy (default: the packaged one, where anybody is an operator)
`;

/** Why the stack cannot run, for the person who started it. */
class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help) {
    say(HELP);
    return;
  }
  const speed = Number(values.speed);
  if (!(speed >= 1)) throw new CannotStart(`--speed ${values.speed}: a number from 1 on`);
  const { dataDir: usual, gateway } = loadConfig();
  const dataDir = path.resolve(values['data-dir'] ?? usual);
  const policyFile = values.policy === undefined ? undefined : path.resolve(values.policy);
  if (policyFile !== undefined && !existsSync(policyFile)) {
    throw new CannotStart(`--policy: ${policyFile} does not exist`);
  }
  if (!existsSync(BUNDLE)) throw new CannotStart('it is not built yet; run `npm run setup` first');
  await refuseSecondStart(dataDir);

  const asked = new AbortController();
  const stop = () => asked.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const stack = await startStack({
    dataDir,
    speed,
    onProgress: (message) => say(`  ${message}\n`),
    gateway: {
      host: gateway.host,
      port: gateway.port,
      // A token file of its own belongs to each data directory.
      ...('text' in gateway.token && { token: gateway.token }),
    },
    ...(policyFile !== undefined && { policyFile }),
  });
  say(greet(stack.record, { speed, dataDir, isUsualDataDir: dataDir === usual }));
  const watching = superviseWorker(stack, asked.signal, (message) => say(`${message}\n`));
  if (!asked.signal.aborted) await once(asked.signal, 'abort');
  say('\nstopping; what is open goes on at the next start\n');
  await watching;
  await stack.close();
}

/** @throws CannotStart when an option is not known */
function readArguments() {
  try {
    return parseArgs({
      options: {
        speed: { type: 'string', default: String(DEFAULT_SPEED) },
        'data-dir': { type: 'string' },
        policy: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new CannotStart(`${error instanceof Error ? error.message : String(error)}\n${HELP}`);
  }
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

function say(text: string): void {
  process.stdout.write(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`Cannot start: ${explain(error)}\n`);
  process.exitCode = 1;
});

/** What others throw explains itself; a slip of ours is found by its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error instanceof TypeError ? error.stack : undefined) ?? error.message;
}
