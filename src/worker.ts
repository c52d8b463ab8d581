import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import {
  createFrappeCloudActivities,
  createInternalActivities,
  createMaplePressActivities,
} from './activities/index.js';
import type { ActivityDeps } from './activities/deps.js';
import { loadConfig } from './config.js';
import { QUEUES } from './domain/queues.js';
import { checkAccounts, createLogger, createServices, dataConverterOf } from './services.js';
import { connectClient } from './temporal/connection.js';
import { connectWorker } from './temporal/worker-connection.js';
import { ensureReconciler } from './temporal/schedules.js';

/** Built beside the compiled code by `npm run build`; a worker without it must not start. */
const BUNDLE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  readonly deps: ActivityDeps;
  /** Default: the prebuilt bundle. */
  readonly bundlePath?: string;
}

/** The Temporal workers of one process: workflows with the ledger, and each provider on its own queue (D 2). */
export async function createWorkers(parts: WorkerParts): Promise<readonly Worker[]> {
  const { connection, namespace, dataConverter, deps } = parts;
  const shared = { connection, namespace, dataConverter, shutdownGraceTime: '15s' } as const;
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: QUEUES.internal,
      workflowBundle: { codePath: parts.bundlePath ?? BUNDLE },
      // How long tasks of a worker that died wait for it before another takes over; SDK: 10 s.
      stickyQueueScheduleToStartTimeout: '5s',
      activities: createInternalActivities(deps),
    }),
    Worker.create({
      ...shared,
      taskQueue: QUEUES.frappeCloud,
      activities: createFrappeCloudActivities(deps),
      // Below it every account has its own request bucket; this one protects the queue (D 2).
      maxTaskQueueActivitiesPerSecond: 50,
    }),
    Worker.create({
      ...shared,
      taskQueue: QUEUES.maplePress,
      activities: createMaplePressActivities(deps),
      maxTaskQueueActivitiesPerSecond: 50,
      // Whoever looks for something in a long list holds a place for minutes and does nothing: with the
      // SDK's 100, many of them would keep everybody else from working.
      maxConcurrentActivityTaskExecutions: 1_000,
    }),
  ]);
}

/** How often the reconciler looks over everything open. */
const RECONCILE_EVERY_MS = 10 * 60_000;

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config.logLevel);
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
      log[level === 'ERROR' ? 'error' : 'warn']({ ...meta }, message),
    ),
  });
  const dataConverter = await dataConverterOf(config);
  const { client, connection: clientConnection } = await connectClient({}, dataConverter);
  const { connection, namespace } = await connectWorker();
  const services = await createServices(config, client, log);
  try {
    await checkAccounts(services.deps.accounts, log);
    const workers = await createWorkers({
      connection,
      namespace,
      dataConverter,
      deps: services.deps,
    });
    await ensureReconciler(client, RECONCILE_EVERY_MS);
    if (config.stopWithStdin) shutDownWithStdin(workers);
    log.info({ namespace, queues: Object.values(QUEUES) }, 'worker ready');
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await services.close();
    await connection.close();
    await clientConnection.close();
  }
}

/** A parent that dies without a word closes our standard input; reading it keeps nobody alive. */
function shutDownWithStdin(workers: readonly Worker[]): void {
  const { stdin } = process;
  stdin.resume().once('end', () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  });
  if (stdin instanceof Socket) stdin.unref();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    createLogger('info').error({ err: error }, 'the worker cannot run');
    process.exitCode = 1;
  });
}
