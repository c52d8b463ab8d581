import path from 'node:path';
import {
  startMaplePressSimulator,
  type MaplePressSimulator,
} from '../../simulators/maplepress/index.js';
import { startPressSimulator, type PressSimulator } from '../../simulators/press/index.js';
import { type GatewaySettings, loadConfig, PACKAGED_POLICY } from '../config.js';
import { openGateway } from '../gateway/open.js';
import { createPayloadCodec } from '../security/codec.js';
import { startCodecServer } from '../security/codec-server.js';
import { loadOrCreateKeyRing } from '../security/key-ring.js';
import { createLogger } from '../services.js';
import { startEmbeddedTemporal } from '../temporal/embedded-server.js';
import { connect, type Sitewright } from '../client.js';
import { announceStack, forgetStack, type StackRecord } from './discovery.js';
import { startWorkerProcess, type WorkerProcess } from './worker-process.js';

export interface StackOptions {
  readonly dataDir: string;
  /** How many times as fast as the real ones the simulators run, and our timing with them. */
  readonly speed: number;
  /** Policy file; default: the embedded one, where anybody is an operator. */
  readonly policyFile?: string;
  readonly seed?: number;
  /** Of the gateway; default: a free port on the loopback interface, and a token in `dataDir`. */
  readonly gateway?: Partial<GatewaySettings>;
  /** Told about each part as it comes up. */
  readonly onProgress?: (message: string) => void;
}

/** Temporal, both simulators, a worker and the gateway on this machine, with everything wired (D 13). */
export interface Stack {
  readonly record: StackRecord;
  readonly simulator: PressSimulator;
  readonly maplePress: MaplePressSimulator;
  readonly client: Sitewright;
  /** The running worker process; killing it and starting another must lose nothing. */
  readonly worker: WorkerProcess;
  restartWorker(): Promise<void>;
  close(): Promise<void>;
}

/** The account, and the tenant, of the simulators that the stack works with. */
const ACCOUNT = 'main';
const TOKEN_LIFETIME_MS = 15 * 60_000;
/** A plugin that shows itself more often than a real one: nobody likes to wait. */
const INDEXING_MS = 10 * 60_000;

/** Starts the stack; a second start over the same directory resumes what the first left open. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, speed, onProgress = () => undefined } = options;
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of closers.reverse()) await step();
  };
  try {
    const keyFile = path.join(dataDir, 'keys', 'payload.json');
    const codec = createPayloadCodec(await loadOrCreateKeyRing(keyFile));
    let uiUrl = '';
    const codecServer = await startCodecServer({ codec, allowedOrigins: () => [uiUrl] });
    closers.push(() => codecServer.close());

    onProgress('starting the Temporal server');
    const temporal = await startEmbeddedTemporal({
      dataDir: path.join(dataDir, 'temporal'),
      codecEndpoint: codecServer.url,
      fastTimers: true,
      onUnexpectedExit: (reason) => onProgress(`the Temporal server has ended: ${reason}`),
    });
    closers.push(() => temporal.stop());
    uiUrl = temporal.uiUrl ?? '';

    onProgress('starting the Press simulator');
    const simulator = await startPressSimulator({
      speed,
      stateFile: path.join(dataDir, 'press-simulator.json'),
      ...(options.seed !== undefined && { seed: options.seed }),
    });
    closers.push(() => simulator.close());

    onProgress('starting the MaplePress simulator');
    const maplePress = await startMaplePressSimulator({
      speed,
      stateFile: path.join(dataDir, 'maplepress-simulator.json'),
      // Tokens live by its clock, and are used by ours.
      timings: { tokenLifetime: TOKEN_LIFETIME_MS * speed, indexing: INDEXING_MS },
      ...(options.seed !== undefined && { seed: options.seed }),
    });
    closers.push(() => maplePress.close());

    const env = workerEnvironment(options, { simulator, maplePress }, temporal.address);
    onProgress('starting the worker');
    let worker = await startWorkerProcess(env, dataDir);
    closers.push(() => worker.stop());

    onProgress('starting the gateway');
    const settings = loadConfig(env);
    const gateway = await openGateway(
      { ...settings, gateway: { ...settings.gateway, ...options.gateway } },
      createLogger(settings.logLevel, path.join(dataDir, 'gateway.log')),
    );
    closers.push(() => gateway.close());

    const client = await connect({
      address: temporal.address,
      namespace: temporal.namespace,
      payloadKeys: { file: keyFile },
      domain: simulator.domain,
      uiUrl,
    });
    closers.push(() => client.close());

    const record: StackRecord = {
      pid: process.pid,
      temporalAddress: temporal.address,
      namespace: temporal.namespace,
      uiUrl,
      simulatorUrl: simulator.url,
      maplePressUrl: maplePress.url,
      gatewayUrl: gateway.url,
      domain: simulator.domain,
      account: ACCOUNT,
      policyFile: settings.policyFile,
    };
    await announceStack(dataDir, record);
    closers.push(() => forgetStack(dataDir));
    return {
      record,
      simulator,
      maplePress,
      client,
      get worker() {
        return worker;
      },
      async restartWorker() {
        worker = await startWorkerProcess(env, dataDir);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function workerEnvironment(
  { dataDir, speed, policyFile }: StackOptions,
  { simulator, maplePress }: Pick<Stack, 'simulator' | 'maplePress'>,
  temporalAddress: string,
): Readonly<Record<string, string>> {
  const { apiKey, apiSecret, team } = simulator.accounts.main;
  const prefix = `FRAPPE_CLOUD_${ACCOUNT.toUpperCase()}`;
  const tenant = `MAPLEPRESS_${ACCOUNT.toUpperCase()}`;
  const { email, password } = maplePress.tenants.main;
  const requestsPerSecond = String(5 * Math.min(speed, 20));
  return {
    SITEWRIGHT_DATA_DIR: dataDir,
    SITEWRIGHT_POLICY: policyFile ?? PACKAGED_POLICY.embedded,
    SITEWRIGHT_TIMING: `${speed}x`,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    [`${prefix}_URL`]: simulator.url,
    [`${prefix}_TEAM`]: team,
    [`${prefix}_KEY`]: apiKey,
    [`${prefix}_SECRET`]: apiSecret,
    [`${prefix}_SITE_PROBE`]: `${simulator.url}/api/method/ping`,
    [`${prefix}_REQUESTS_PER_SECOND`]: requestsPerSecond,
    [`${prefix}_COMMAND_TIMEOUT_MS`]: String(Math.max(2_000, Math.round(120_000 / speed))),
    [`${tenant}_URL`]: maplePress.url,
    [`${tenant}_EMAIL`]: email,
    [`${tenant}_PASSWORD`]: password,
    [`${tenant}_REQUESTS_PER_SECOND`]: requestsPerSecond,
  };
}
