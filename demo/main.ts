import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { startStack, type Stack } from '../src/stack/stack.js';
import { colourOf, pc } from './colours.js';
import { playAll } from './play.js';
import type { OperationReport } from './report.js';

/** How many times as fast as the real one the simulated Press runs. */
const SPEED = 120;
/** Whatever hangs is a failure of the demo, not a reason to wait for ever. */
const GIVE_UP_AFTER_MS = 5 * 60_000;

const HELP = `npm run demo [-- --json] [-- --keep]

Brings up a Temporal server, a simulated Press and a worker on this machine, plays the lives of
some sites with their accidents, kills the worker once in the middle, and shows what came of it.

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
    const reports = await within(GIVE_UP_AFTER_MS, playAll(stack, say));
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

function summarize(
  reports: readonly OperationReport[],
  ms: number,
): { readonly ok: boolean; readonly summary: object } {
  const sum = (pick: (report: OperationReport) => number) =>
    reports.reduce((total, report) => total + pick(report), 0);
  const asExpected = reports.filter(({ outcome, expected }) => outcome === expected).length;
  const duplicateEffects = sum((report) => report.duplicateEffects);
  const undone = reports.filter(
    ({ kind, outcome }) => kind === 'provision' && outcome === 'rolled_back',
  );
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
      (right ? colourOf(report.outcome) : pc.red)(
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
