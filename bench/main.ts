import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { bundleWorkflows } from '../scripts/bundle-workflows.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { fasterTiming, PRODUCTION_TIMING } from '../src/domain/timing.js';
import { createAccounts } from '../src/frappe-cloud/index.js';
import { startStack, type Stack } from '../src/stack/stack.js';
import { connectWorker } from '../src/temporal/worker-connection.js';
import { costOf } from '../src/temporal/history-cost.js';
import { createPlainActivities } from './plain/activities.js';
import type { plainProvision } from './plain/workflows.js';
import type { VaultFigures } from './vault.js';

/** Fast enough that waiting for Press is not what is measured. */
const SPEED = 600;
const run = promisify(execFile);

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});
const operations = Number(values.operations);

/** One measured figure and what it should be (none of it is asserted in tests). */
interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: string;
}

/** What every provision of the bench asks for. */
const ASKED = {
  account: 'main',
  requestedBy: 'bench',
  plan: 'USD 25',
  version: 'Version 15',
  apps: ['frappe', 'erpnext'],
};

Runtime.install({ logger: new DefaultLogger('ERROR') });
const dataDir = await mkdtemp(path.join(tmpdir(), 'sitewright-bench-'));
const stack = await startStack({ dataDir, speed: SPEED, seed: 3 });
try {
  const figures = [
    await cliStart(),
    await workerReady(stack),
    ...(await throughput(stack)),
    await approvalLatency(stack),
    ...(await vaultStream()),
  ];
  if (values.json) console.log(JSON.stringify({ cores: cpus().length, operations, figures }));
  else for (const figure of figures) console.log(line(figure));
} finally {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
}

function line({ what, value, unit, budget }: Figure): string {
  return `${what.padEnd(52)} ${value.toFixed(2).padStart(10)} ${unit.padEnd(8)} ${budget ?? ''}`;
}

async function cliStart(): Promise<Figure> {
  const cli = fileURLToPath(new URL('../../bin/sitewright.js', import.meta.url));
  const times = await repeat(5, () => run(process.execPath, [cli, '--help']));
  return { what: 'sitewright --help', value: median(times), unit: 'ms', budget: '< 300' };
}

async function workerReady(current: Stack): Promise<Figure> {
  await current.worker.stop();
  const [ms = 0] = await repeat(1, () => current.restartWorker());
  return { what: 'worker start until it polls', value: ms, unit: 'ms', budget: '<= 2000' };
}

/** Many at once, ours and plainly written ones, on the same server and simulator. */
async function throughput(current: Stack): Promise<readonly Figure[]> {
  const { client } = current;
  const provision = (subdomain: string) =>
    client.provision({ ...ASKED, subdomain }).then(async ({ workflowId }) => {
      await client.temporal.workflow.getHandle(workflowId).result();
      return workflowId;
    });
  await provision('warm-up-site');
  const begun = performance.now();
  const ids = await Promise.all(names('ours').map(provision));
  const ours = operations / ((performance.now() - begun) / 1000);
  const plain = await plainThroughput(current);
  const history = await client.temporal.workflow.getHandle(ids[0] ?? '').fetchHistory();
  const { events, actions } = costOf(history.events ?? []);
  return [
    { what: `${operations} provisions at once`, value: ours, unit: 'ops/s' },
    { what: 'the same calls written plainly', value: plain, unit: 'ops/s' },
    { what: 'ratio', value: ours / plain, unit: '', budget: '>= 0.6' },
    { what: 'events of one provision', value: events, unit: 'events', budget: '<= 200' },
    { what: 'actions of one provision', value: actions, unit: 'actions', budget: '<= 40' },
  ];
}

function names(prefix: string): readonly string[] {
  return Array.from({ length: operations }, (_, n) => `${prefix}-${String(n).padStart(4, '0')}`);
}

async function plainThroughput({ client, record, simulator }: Stack): Promise<number> {
  const bundlePath = path.join(dataDir, 'plain.js');
  await bundleWorkflows(
    fileURLToPath(new URL('./plain/workflows.js', import.meta.url)),
    bundlePath,
  );
  const accounts = createAccounts([
    {
      ...simulator.accounts.main,
      name: 'main',
      url: simulator.url,
      requestsPerSecond: 100,
      siteProbe: `${simulator.url}/api/method/ping`,
    },
  ]);
  const { connection, namespace } = await connectWorker({ address: record.temporalAddress });
  const { dataConverter } = client.temporal.options;
  const taskQueue = 'bench-plain';
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: bundlePath },
    activities: createPlainActivities(accounts.get('main')),
    dataConverter: {
      payloadCodecs: dataConverter.payloadCodecs,
    },
  });
  const target = {
    ...ASKED,
    domain: record.domain,
    cluster: 'Mumbai',
    group: 'bench-0001',
  };
  const timing = fasterTiming(PRODUCTION_TIMING, SPEED);
  const seconds = await worker.runUntil(async () => {
    const begun = performance.now();
    await Promise.all(
      names('plain').map((subdomain) =>
        client.temporal.workflow.execute<typeof plainProvision>('plainProvision', {
          workflowId: `plain-${subdomain}`,
          taskQueue,
          args: [{ ...target, subdomain, site: `${subdomain}.${record.domain}` } as never, timing],
        }),
      ),
    );
    return (performance.now() - begun) / 1000;
  });
  await connection.close();
  await accounts.close();
  return operations / seconds;
}

/** From an accepted approval to the next step being scheduled, by the server's clock. */
async function approvalLatency({ client }: Stack): Promise<Figure> {
  const times: number[] = [];
  for (const subdomain of names('ask').slice(0, 20)) {
    const { workflowId } = await client.provision({ ...ASKED, plan: 'USD 100', subdomain });
    while ((await client.status(workflowId)).state !== 'waiting_approval');
    await client.approve(workflowId, { by: 'dana', reason: 'bench' });
    await client.temporal.workflow.getHandle(workflowId).result();
    const history = await client.temporal.workflow.getHandle(workflowId).fetchHistory();
    const events = history.events ?? [];
    const at = (find: (event: (typeof events)[number]) => boolean) => {
      const time = events.find(find)?.eventTime;
      return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
    };
    const approved = at((event) => event.workflowExecutionUpdateAcceptedEventAttributes != null);
    const locking = at(
      ({ activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled?.activityType?.name === 'lockOperation',
    );
    times.push(locking - approved);
  }
  const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  return {
    what: 'approval accepted until the next step, p95',
    value: p95,
    unit: 'ms',
    budget: '<= 200',
  };
}

/** In a process of its own: what is measured is how its memory grows. */
async function vaultStream(): Promise<readonly Figure[]> {
  const script = fileURLToPath(new URL('vault.js', import.meta.url));
  const { stdout } = await run(process.execPath, [script, '--json']);
  const { storedMBPerSecond, peakGrowthMB } = JSON.parse(
    stdout.split('\n')[0] ?? '',
  ) as VaultFigures;
  return [
    { what: 'a copy of 2 GB streams into the vault', value: storedMBPerSecond, unit: 'MB/s' },
    { what: 'memory grows meanwhile by', value: peakGrowthMB, unit: 'MB', budget: '< 100' },
  ];
}

async function repeat(times: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const measured: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now();
    await work();
    measured.push(performance.now() - begun);
  }
  return measured;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
