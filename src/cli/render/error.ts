import { InvalidInput } from '../../errors.js';
import { InvalidBatch } from '../batch/problems.js';
import { hintOf } from '../errors.js';
import type { View } from '../output.js';
import { pad, widest } from './rows.js';

/** The option that a path of the input stands for, where it is not spelled like it. */
const OPTIONS: Readonly<Record<string, string>> = {
  requestedBy: '--by',
  idempotencyKey: '--key',
  customDomains: '--custom-domain',
  appPlans: '--app-plan',
  handOver: '--hand-over',
  ifBusy: '--if-busy',
  secretConfig: '--secret-config',
  file: '--file',
  siteUrl: 'site-url',
  patienceDays: '--patience',
  receiver: '--receiver-key',
};

/** What happened, and what to do. */
export function renderError(error: unknown, { colors }: View): readonly string[] {
  if (error instanceof InvalidInput) return renderProblems(error);
  if (error instanceof InvalidBatch) return renderBatchProblems(error);
  if (isInvalidConfig(error)) {
    const { problems } = error;
    return [
      `Cannot start: the configuration has ${counted(problems.length)}, nothing was sent`,
      ...problems.map((problem) => `  ${problem}`),
    ];
  }
  const message = error instanceof Error ? error.message : String(error);
  const hint = hintOf(error);
  // Some messages end with what to do; it is not said twice.
  const said = hint === null || message.endsWith(hint);
  return [colors.red(message.replace(/^error: /, '')), ...(said ? [] : [`  → ${hint}`])];
}

function renderProblems({ problems }: InvalidInput): readonly string[] {
  const rows = problems.map(({ path, message }) => [nameOf(path), message] as const);
  const width = widest(rows.map(([name]) => name)) + 3;
  return [
    `Cannot start: ${counted(problems.length)}, nothing was sent`,
    ...rows.map(([name, message]) => `  ${pad(name, width)}${message}`),
  ];
}

function renderBatchProblems({ message, problems, more }: InvalidBatch): readonly string[] {
  const lines = problems.map(({ line }) => `line ${line}`);
  const columns = problems.map(({ column }) => column ?? '');
  const rows = problems.map(
    (problem, index) =>
      `  ${pad(lines[index] ?? '', widest(lines))}  ${pad(columns[index] ?? '', widest(columns))}  ${problem.message}`,
  );
  return [`Cannot start: ${message}`, ...rows, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** By name: its module reads files and takes long to load. */
function isInvalidConfig(
  error: unknown,
): error is Error & { readonly problems: readonly string[] } {
  return error instanceof Error && error.name === 'InvalidConfig';
}

function counted(n: number): string {
  return `${n} problem${n === 1 ? '' : 's'}`;
}

function nameOf(path: string): string {
  const [first = '', ...rest] = path.split('.');
  return [OPTIONS[first] ?? (first === '' ? 'input' : first), ...rest].join(' ');
}
