import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { DefaultLogger, Runtime, type Worker } from '@temporalio/worker';
import type { JWK } from 'jose';
import { inject, vi } from 'vitest';
import {
  startPressSimulator,
  type PressSimulator,
  type PressSimulatorOptions,
} from '../../simulators/press/index.js';
import {
  startMaplePressSimulator,
  type MaplePressSimulator,
  type MaplePressSimulatorOptions,
} from '../../simulators/maplepress/index.js';
import type { ActivityDeps, Notification } from '../../src/activities/deps.js';
import {
  connect,
  type Sitewright,
  type OperationStatus,
  type ProvisionSiteInput,
} from '../../src/client.js';
import { PACKAGED_POLICY } from '../../src/config.js';
import type { Policy } from '../../src/domain/policy.js';
import { fasterTiming, PRODUCTION_TIMING, type TimingProfile } from '../../src/domain/timing.js';
import { createAccounts } from '../../src/frappe-cloud/index.js';
import { createTenants } from '../../src/maplepress/index.js';
import { openLedger, type Ledger } from '../../src/ledger/index.js';
import { loadPolicy } from '../../src/policy-file.js';
import { createPayloadCodec } from '../../src/security/codec.js';
import { createHandOverKeys } from '../../src/security/hand-over-keys.js';
import { loadOrCreateKeyRing } from '../../src/security/key-ring.js';
import { createSealingKeys, open } from '../../src/security/sealed.js';
import { connectWorker } from '../../src/temporal/worker-connection.js';
import { createDataConverter } from '../../src/temporal/data-converter.js';
import { prepareNamespace } from '../../src/temporal/namespace.js';
import { openVault } from '../../src/vault/index.js';
import { createRuns } from '../../src/temporal/runs.js';
import { createWorkers } from '../../src/worker.js';

export interface HarnessOptions {
  /** How many times as fast as real Press and our timing run. */
  readonly speed?: number;
  readonly policy?: Partial<Policy>;
  readonly timing?: Partial<TimingProfile>;
  readonly simulator?: PressSimulatorOptions;
  readonly maplePress?: MaplePressSimulatorOptions;
  /** Time limit of mutations, ms. */
  readonly commandMs?: number;
  /** Default: the server of the run. */
  readonly temporalAddress?: string;
  /** Default true; a test about worker processes starts none here. */
  readonly startWorkers?: boolean;
  /** Default: a ledger of its own. Two harnesses on one ledger are two Temporals over one record. */
  readonly ledgerUrl?: string;
  /** Public key that secrets shown once are sealed to when a request names no receiver. */
  readonly receiver?: JWK;
  /** What the workers get instead of the ledger, e.g. one that is away for a while. */
  readonly workerLedger?: (ledger: Ledger) => Ledger;
}

/** A namespace of its own on the run's Temporal server, with simulator, ledger and workers. */
export interface Harness {
  readonly simulator: PressSimulator;
  readonly maplePress: MaplePressSimulator;
  readonly client: Sitewright;
  readonly ledger: Ledger;
  readonly ledgerUrl: string;
  readonly deps: ActivityDeps;
  readonly namespace: string;
  readonly notifications: readonly Notification[];
  /** Public key to seal secrets to. */
  readonly sealTo: object;
  /** A provision that is complete but for what the test is about. */
  input(change?: Partial<ProvisionSiteInput>): ProvisionSiteInput;
  /** Waits until a status satisfies `done`, and answers it. */
  readonly until: (
    operation: string,
    done: (status: OperationStatus) => boolean,
  ) => Promise<OperationStatus>;
  /** What another tool of that team says to Press, past Sitewright; its `message`. */
  press(account: keyof PressSimulator['accounts'], method: string, body: object): Promise<unknown>;
  /** The workers of this harness, in this process. */
  readonly workers: { start(): Promise<void>; stop(): Promise<void> };
  /** What a worker process of its own needs to work here. */
  readonly workerEnvironment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const SPEED = 200;

/** Once per process: workers tell of every state change otherwise. */
Runtime.install({ logger: new DefaultLogger('ERROR') });

/** Everything a workflow test needs; call it in `beforeAll`, close it in `afterAll`. */
export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const { speed = SPEED } = options;
  const address = options.temporalAddress ?? inject('temporalAddress');
  const namespace = `test-${randomUUID().slice(0, 8)}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'sitewright-harness-'));
  const setup = await Connection.connect({ address });
  await prepareNamespace(setup, namespace);
  await setup.close();

  const simulator = await startPressSimulator({ speed, ...options.simulator });
  const maplePress = await startMaplePressSimulator({
    speed,
    ...options.maplePress,
    // At this speed a token would end before it is used.
    timings: { tokenLifetime: 24 * 60 * 60_000, ...options.maplePress?.timings },
  });
  const tenantOf = (name: 'main' | 'other') => ({
    name,
    ...maplePress.tenants[name],
    url: maplePress.url,
    requestsPerSecond: 200,
    timeouts: { readMs: 5_000, commandMs: options.commandMs ?? 2_000 },
  });
  const tenants = createTenants([tenantOf('main'), tenantOf('other')]);
  const { apiKey, apiSecret, team } = simulator.accounts.main;
  const accountOf = (name: string, credentials: typeof simulator.accounts.main) => ({
    ...credentials,
    name,
    url: simulator.url,
    requestsPerSecond: 200,
    siteProbe: `${simulator.url}/api/method/ping`,
    timeouts: { readMs: 5_000, commandMs: options.commandMs ?? 2_000 },
  });
  const accounts = createAccounts([
    accountOf('main', { ...simulator.accounts.main, apiKey, apiSecret, team }),
    accountOf('other', simulator.accounts.other),
    accountOf('nopay', simulator.accounts.nopay),
    { ...accountOf('wrong-team', simulator.accounts.main), team: simulator.accounts.other.team },
    { ...accountOf('wrong-key', simulator.accounts.main), apiSecret: 'not-the-secret' },
  ]);
  const ledgerUrl = options.ledgerUrl ?? `file:${path.join(folder, 'ledger.db')}`;
  const keyFile = path.join(folder, 'keys.json');
  const ledger = await openLedger({ url: ledgerUrl });
  const vault = await openVault({ type: 'directory', path: path.join(folder, 'vault') });
  const codec = createPayloadCodec(await loadOrCreateKeyRing(keyFile));
  const dataConverter = createDataConverter(codec);
  const sealing = await createSealingKeys();
  const client = await connect({
    address,
    namespace,
    payloadKeys: { file: keyFile },
    domain: simulator.domain,
    uiUrl: 'http://ui.invalid',
  });
  const notifications: Notification[] = [];
  const deps: ActivityDeps = {
    accounts,
    tenants,
    ledger: options.workerLedger?.(ledger) ?? ledger,
    vault,
    policy: { ...loadPolicy(PACKAGED_POLICY.embedded), ...options.policy },
    timing: { ...fasterTiming(PRODUCTION_TIMING, speed), ...options.timing },
    runs: createRuns(client.temporal),
    sealTo: { ...sealing.publicJwk },
    unseal: async (value) => String(await open(value, sealing.privateJwk)),
    handOverKeys: createHandOverKeys(sealing, options.receiver),
    notify: (notification) => notifications.push(notification),
  };
  const { connection } = await connectWorker({ address, namespace });
  const bundlePath = inject('bundlePath');
  const workers = workersOf(() =>
    createWorkers({ connection, namespace, dataConverter, deps, bundlePath }),
  );
  if (options.startWorkers ?? true) await workers.start();

  return {
    simulator,
    maplePress,
    client,
    ledger,
    ledgerUrl,
    deps,
    namespace,
    notifications,
    sealTo: sealing.publicJwk,
    input: (change = {}) => ({
      account: 'main',
      requestedBy: 'ops',
      subdomain: `site-${randomUUID().slice(0, 8)}`,
      plan: 'USD 25',
      version: 'Version 15',
      apps: ['frappe', 'erpnext'],
      ...change,
    }),
    until: (operation, done) =>
      vi.waitFor(
        async () => {
          const status = await client.status(operation);
          if (!done(status)) throw new Error(`not yet: ${JSON.stringify(status)}`);
          return status;
        },
        { timeout: 90_000, interval: 20 },
      ),
    press: (account, method, body) => askPress(simulator, account, method, body),
    workers,
    workerEnvironment: {
      SITEWRIGHT_DATA_DIR: folder,
      SITEWRIGHT_PAYLOAD_KEYS_FILE: keyFile,
      SITEWRIGHT_POLICY: PACKAGED_POLICY.embedded,
      SITEWRIGHT_TIMING: `${speed}x`,
      SITEWRIGHT_STOP_WITH_STDIN: '1',
      DATABASE_URL: ledgerUrl,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      FRAPPE_CLOUD_MAIN_URL: simulator.url,
      FRAPPE_CLOUD_MAIN_TEAM: team,
      FRAPPE_CLOUD_MAIN_KEY: apiKey,
      FRAPPE_CLOUD_MAIN_SECRET: apiSecret,
      FRAPPE_CLOUD_MAIN_SITE_PROBE: `${simulator.url}/api/method/ping`,
      FRAPPE_CLOUD_MAIN_REQUESTS_PER_SECOND: '200',
      FRAPPE_CLOUD_MAIN_COMMAND_TIMEOUT_MS: String(options.commandMs ?? 2_000),
      MAPLEPRESS_MAIN_URL: maplePress.url,
      MAPLEPRESS_MAIN_EMAIL: maplePress.tenants.main.email,
      MAPLEPRESS_MAIN_PASSWORD: maplePress.tenants.main.password,
      MAPLEPRESS_MAIN_REQUESTS_PER_SECOND: '200',
      MAPLEPRESS_MAIN_COMMAND_TIMEOUT_MS: String(options.commandMs ?? 2_000),
    },
    async close() {
      await workers.stop();
      await connection.close();
      await client.close();
      await accounts.close();
      await tenants.close();
      await ledger.close();
      await vault.close();
      await simulator.close();
      await maplePress.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Workers that can be shut down and come back. */
function workersOf(create: () => Promise<readonly Worker[]>): Harness['workers'] {
  let workers: readonly Worker[] = [];
  let running: Promise<unknown> = Promise.resolve();
  return {
    async start() {
      workers = await create();
      running = Promise.all(workers.map((worker) => worker.run()));
    },
    async stop() {
      for (const worker of workers) worker.shutdown();
      workers = [];
      await running;
    },
  };
}

async function askPress(
  { url, accounts }: PressSimulator,
  account: keyof PressSimulator['accounts'],
  method: string,
  body: object,
): Promise<unknown> {
  const { apiKey, apiSecret, team } = accounts[account];
  const response = await fetch(`${url}/api/method/${method}`, {
    method: 'POST',
    headers: {
      authorization: `token ${apiKey}:${apiSecret}`,
      'content-type': 'application/json',
      'x-press-team': team,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method}: ${response.status} ${text.slice(0, 500)}`);
  return (JSON.parse(text) as { message?: unknown }).message;
}
