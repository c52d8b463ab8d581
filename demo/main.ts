import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import picocolors from 'picocolors';
import type { OperationStatus } from '../src/client.js';
import { startStack, type Stack } from '../src/stack/stack.js';
import { reportOn, type OperationReport } from './report.js';
import { type Scenario, scenarios } from './scenarios.js';

/** Colour only in a terminal, whatever else the environment says. */
const { createColors, isColorSupported } = picocolors;
const pc = createColors(process.stdout.isTTY === true && isColorSupported);

/** How many times as fast as the real one the simulated Press runs. */
const SPEED = 120;
/** Whatever hangs is a failure of the demo, not a reason to wait for ever. */
const GIVE_UP_AFTER_MS = 5 * 60_000;

const HELP = `npm run demo [-- --json] [-- --keep]

Brings up a Temporal server, a simulated Press and a worker on this machine, provisions six sites,
kills the worker once in the middle, and shows what came of it.

  --json   one JSON object per operation, and a summary, on standard output
  --keep   leaves the stack up until Ctrl-C, to look at in the Temporal UI
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const startedAt = Date.now();
  const say = (text: string): void => {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
    if (!values.json) process.stdout.write(`${pc.dim(`${seconds} s`)}  ${text}\n`);
  };

  const base = path.resolve('.sitewright', 'demo');
  await mkdir(base, { recursive: true });
  const dataDir = await mkdtemp(path.join(base, 'run-'));
  const stack = await startStack({ dataDir, speed: SPEED, seed: 7, onProgress: say });
  const close = async () => {
    await stack.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  process.once('SIGINT', () => void close().finally(() => process.exit(130)));
  try {
    say(`Temporal UI ${stack.record.uiUrl}, Press simulator ${stack.record.simulatorUrl}`);
    const reports = await within(GIVE_UP_AFTER_MS, carryOut(stack, say));
    const { ok, summary } = summarize(reports, Date.now() - startedAt);
    if (values.json) {
      for (const line of [...reports, summary]) process.stdout.write(`${JSON.stringify(line)}\n`);
    } else {
      process.stdout.write(lastScreen(reports, stack, values.keep, dataDir));
    }
    if (values.keep) await new Promise(() => undefined);
    return ok ? 0 : 1;
  } finally {
    await close();
  }
}

/** Starts every scenario, kills the worker once while they run, and measures how they ended. */
async function carryOut(
  stack: Stack,
  say: (text: string) => void,
): Promise<readonly OperationReport[]> {
  const { client, simulator, record } = stack;
  const all = scenarios(record.domain);
  for (const { fault } of all) if (fault) simulator.addFault(fault);

  let killed = false;
  const killOnce = async () => {
    if (killed) return;
    killed = true;
    say(pc.yellow('the worker is killed (SIGKILL), with operations under way'));
    await stack.worker.kill();
    await stack.restartWorker();
    say(pc.yellow('another worker has taken over'));
  };
  return Promise.all(
    all.map(async (scenario) => {
      const begun = Date.now();
      const handle = await client.provision(scenario.input);
      say(`${handle.site}: ${scenario.shows}`);
      const onProgress = follower(scenario, stack, say, killOnce);
      const result = await client.wait(handle.workflowId, onProgress);
      const seconds = Math.round((Date.now() - begun) / 100) / 10;
      return reportOn(client, simulator, {
        ...handle,
        result,
        expected: scenario.expected,
        seconds,
      });
    }),
  );
}

/** Tells what changed, approves as the second person, and kills the worker at the right moment. */
function follower(
  { input, approver }: Scenario,
  { client }: Stack,
  say: (text: string) => void,
  killOnce: () => Promise<void>,
): (status: OperationStatus) => void {
  let last = '';
  let approved = false;
  return (status) => {
    const step = status.steps.find(({ state }) => state === 'running');
    const text = `${status.state.replaceAll('_', ' ')}${step ? `: ${step.name}${step.detail ? `, ${step.detail}` : ''}` : ''}`;
    if (text !== last) say(`${status.site}: ${colour(status.state)(text)}`);
    last = text;
    if (status.state === 'waiting_approval' && approver && !approved) {
      approved = true;
      const decision = { by: approver, reason: `${input.plan} was sold to this customer` };
      void client
        .approve(status.workflowId, decision)
        .then(({ accepted, reason }) =>
          say(`${status.site}: ${approver} approves: ${accepted ? 'accepted' : reason}`),
        );
    }
    if (step?.name === 'create' && step.detail?.startsWith('step 2')) void killOnce();
  };
}

function summarize(
  reports: readonly OperationReport[],
  ms: number,
): { readonly ok: boolean; readonly summary: object } {
  const sum = (pick: (report: OperationReport) => number) =>
    reports.reduce((total, report) => total + pick(report), 0);
  const asExpected = reports.filter(({ outcome, expected }) => outcome === expected).length;
  const duplicateEffects = sum((report) => report.duplicateEffects);
  const undone = reports.filter(({ outcome }) => outcome === 'rolled_back');
  const leftBehind = undone.reduce((total, { leftAtPress }) => total + leftAtPress, 0);
  const ok = asExpected === reports.length && duplicateEffects === 0 && leftBehind === 0;
  return {
    ok,
    summary: {
      type: 'summary',
      ok,
      operations: reports.length,
      asExpected,
      remoteEffects: sum((report) => report.remoteEffects),
      duplicateEffects,
      leftBehind,
      historyEvents: sum((report) => report.historyEvents),
      historyBytes: sum((report) => report.historyBytes),
      actions: sum((report) => report.actions),
      workerKills: 1,
      seconds: Math.round(ms / 100) / 10,
    },
  };
}

function lastScreen(
  reports: readonly OperationReport[],
  { record }: Stack,
  keep: boolean,
  dataDir: string,
): string {
  const table = new Table({
    head: [
      'operation',
      'outcome',
      'time',
      'effects',
      'duplicates',
      'left',
      'events',
      'bytes',
      'actions',
    ],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const report of reports) {
    const right = report.outcome === report.expected;
    table.push([
      `${report.kind} ${report.site}`,
      (right ? colour(report.outcome) : pc.red)(
        right ? report.outcome : `${report.outcome}, expected ${report.expected}`,
      ),
      `${report.seconds} s`,
      report.remoteEffects,
      report.duplicateEffects,
      report.leftAtPress,
      report.historyEvents,
      report.historyBytes,
      report.actions,
    ]);
  }
  const where = keep ? `SITEWRIGHT_DATA_DIR=${path.relative(process.cwd(), dataDir)} ` : '';
  const links = reports.map(({ site, link }) => `  ${site}  ${link ?? ''}`);
  return [
    '',
    table.toString(),
    '',
    ...(keep
      ? [
          'The stack stays up until Ctrl-C. Links in the Temporal UI:',
          ...links,
          `  simulator  ${record.simulatorUrl}`,
        ]
      : ['The stack is down again. To try for yourself, keep it up with `npm start`, then:']),
    '',
    `  ${where}npx sitewright provision hello-world --plan "USD 25" --version "Version 15" --apps frappe,erpnext --wait`,
    `  ${where}npx sitewright list`,
    `  ${where}npx sitewright doctor`,
    '',
    '',
  ].join('\n');
}

function colour(state: string): (text: string) => string {
  if (state.startsWith('succeeded')) return pc.green;
  if (['rolled_back', 'compensating', 'waiting_approval', 'needs_human'].includes(state)) {
    return pc.yellow;
  }
  return String;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the demo did not end within ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(
      `the demo failed: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
