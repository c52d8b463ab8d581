import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  EmbeddedTemporalFailed,
  EmbeddedTemporalRunning,
  TemporalCliMissing,
} from './embedded-errors.js';
import { findTemporalCli } from './find-cli.mjs';
import { acquireInstanceLock, type InstanceLock } from './instance-lock.js';
import { choosePorts, type ServerPorts } from './ports.js';
import { identify } from './process-identity.js';
import { untilReady } from './readiness.js';
import { startSupervised, tailOf, type SupervisedProcess } from './server-process.js';

/** How the embedded Temporal server runs. */
export interface EmbeddedTemporalOptions {
  /** Holds the database, the log, the lock and the remembered ports. Created when missing. */
  dataDir: string;
  /** Default `default`. */
  namespace?: string;
  /** Where the web UI has payloads decoded (security/codec-server.ts). */
  codecEndpoint?: string;
  /** Whether to serve the web UI; default true. */
  ui?: boolean;
  /** gRPC port; default: that of the last run when free, else a free one. */
  port?: number;
  /** Web UI port, chosen likewise. */
  uiPort?: number;
  /** Fires timers within about 10 ms instead of up to a second late: for tests and demos. */
  fastTimers?: boolean;
  /** `off` does not wait for the disk: for tests, where a power cut may cost the data. */
  durability?: 'normal' | 'off';
  /** Whether to use a server that already runs on this data directory instead of failing. */
  attach?: boolean;
  /** Told when the server ends without having been stopped. Not told about an attached one. */
  onUnexpectedExit?: (reason: string) => void;
}

/** A running embedded server. */
export interface EmbeddedTemporal {
  /** gRPC address, `host:port`. */
  address: string;
  namespace: string;
  /** Undefined when the UI is off. */
  uiUrl: string | undefined;
  pid: number;
  /** True when somebody else started the server; `stop` then leaves it running. */
  attached: boolean;
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';
/** A start takes 1–2 s; the rest is for a machine that has other things to do. */
const startWithinMs = 60_000;
const lookAgainMs = 100;
/** Between our choosing a free port and the server's taking it, somebody else may take it. */
const startAttempts = 3;

/**
 * Starts the embedded Temporal server: the dev server of Temporal's CLI on a SQLite file (D 13).
 * It ends with this process, also when that is killed.
 *
 * @throws EmbeddedTemporalRunning when one already runs on the data directory and `attach` is off.
 * @throws TemporalCliMissing when there is no Temporal CLI.
 * @throws EmbeddedTemporalFailed when the server does not come up; the message holds its last words.
 */
export async function startEmbeddedTemporal(
  options: EmbeddedTemporalOptions,
): Promise<EmbeddedTemporal> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const lockFile = path.join(options.dataDir, 'temporal.lock');
  for (;;) {
    const result = await acquireInstanceLock(lockFile);
    if ('lock' in result) return startLocked(options, result.lock);
    if (!options.attach) throw new EmbeddedTemporalRunning(result.heldBy);
    const { server, address, uiUrl } = result.heldBy;
    if (server && address !== undefined) {
      const namespace = options.namespace ?? 'default';
      await untilReady(address, namespace, AbortSignal.timeout(startWithinMs));
      const stop = () => Promise.resolve();
      return { address, namespace, uiUrl, pid: server.pid, attached: true, stop };
    }
    await delay(lookAgainMs);
  }
}

async function startLocked(
  options: EmbeddedTemporalOptions,
  lock: InstanceLock,
): Promise<EmbeddedTemporal> {
  try {
    const { server, ports } = await launch(options);
    const address = `${loopback}:${ports.port}`;
    const uiUrl = options.ui === false ? undefined : `http://${loopback}:${ports.uiPort}`;
    await lock.update({ server: identify(server.pid), address, ...(uiUrl && { uiUrl }) });

    let stopping = false;
    void server.exited.then(async (reason) => {
      await lock.release();
      if (!stopping) options.onUnexpectedExit?.(reason);
    });
    const stop = async () => {
      stopping = true;
      await server.stop();
      await lock.release();
    };
    const namespace = options.namespace ?? 'default';
    return { address, namespace, uiUrl, pid: server.pid, attached: false, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function launch(
  options: EmbeddedTemporalOptions,
): Promise<{ server: SupervisedProcess; ports: ServerPorts }> {
  const cli = await findTemporalCli();
  if (!cli) throw new TemporalCliMissing();
  const { dataDir, port, uiPort } = options;
  const logFile = path.join(dataDir, 'temporal.log');
  // One run, one log: the last one stays to look into, and neither grows for ever.
  await rename(logFile, path.join(dataDir, 'temporal.previous.log')).catch(() => undefined);
  for (let attempt = 1; ; attempt++) {
    const ports = await choosePorts(path.join(dataDir, 'temporal-ports.json'), { port, uiPort });
    const server = await startSupervised(cli.path, serverArguments(options, ports), logFile);
    const problem = await problemStarting(server, `${loopback}:${ports.port}`, options.namespace);
    if (problem === undefined) return { server, ports };

    await server.stop();
    const tail = await tailOf(logFile);
    const portTaken = tail.includes('address already in use');
    if (!portTaken || attempt === startAttempts) {
      throw new EmbeddedTemporalFailed(problem, logFile, tail);
    }
  }
}

/** Why the server did not come up; undefined when it did. */
async function problemStarting(
  server: SupervisedProcess,
  address: string,
  namespace = 'default',
): Promise<string | undefined> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), startWithinMs);
  const ready = untilReady(address, namespace, giveUp.signal).then(
    () => undefined,
    (error: unknown) => `it is not ready after ${startWithinMs / 1000} s: ${String(error)}`,
  );
  try {
    return await Promise.race([ready, server.exited]);
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}

function serverArguments(options: EmbeddedTemporalOptions, ports: ServerPorts): string[] {
  const { dataDir, namespace = 'default', ui = true, codecEndpoint } = options;
  return [
    ...['server', 'start-dev', '--ip', loopback, '--log-level', 'warn'],
    ...['--port', String(ports.port), '--namespace', namespace],
    ...['--db-filename', path.join(dataDir, 'temporal.db')],
    // The default rollback journal manages 2.6 operations a second where WAL manages 19.
    ...['--sqlite-pragma', 'journal_mode=WAL'],
    ...['--sqlite-pragma', `synchronous=${options.durability === 'off' ? 'OFF' : 'NORMAL'}`],
    ...(ui ? ['--ui-port', String(ports.uiPort)] : ['--headless']),
    ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
    ...(options.fastTimers
      ? ['--dynamic-config-value', 'history.timerProcessorMaxTimeShift="10ms"']
      : []),
  ];
}
