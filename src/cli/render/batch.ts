import type { OperationState } from '../../domain/operations.js';
import type { RowEnd } from '../batch/one-row.js';
import type { StopReason } from '../batch/stop.js';
import type { Summary, Tally } from '../batch/tally.js';
import type { Colors, View } from '../output.js';
import { oneLine, pad, row } from './rows.js';
import { stateLabel } from './status.js';

/** Wide enough for most subdomains. */
const NAME_WIDTH = 24;

/** What became of a row, for programs. */
export function documentOfRow(end: RowEnd): object {
  const { line, subdomain, operation, state, reason, error } = end;
  return {
    ...{ type: 'row', line, subdomain },
    ...(operation !== undefined && {
      operationId: operation.operationId,
      workflowId: operation.workflowId,
    }),
    started: operation?.started ?? false,
    ...(state !== undefined && { outcome: state }),
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error }),
  };
}

/** `line 12  acme-shop  SUCCEEDED  operation 0f3a5c7e9b1d2f40`. */
export function renderRow(end: RowEnd, { colors }: View): string {
  const { line, subdomain, operation, reason, error } = end;
  const parts = [
    ...(operation === undefined ? [] : [`operation ${operation.operationId}`]),
    ...(operation?.started === false && end.state !== undefined ? ['already started'] : []),
    ...(reason === undefined ? [] : [oneLine(reason)]),
    ...(error === undefined ? [] : [oneLine(error.message)]),
  ];
  const name = pad(oneLine(subdomain, NAME_WIDTH), NAME_WIDTH);
  return `line ${line}  ${name}  ${labelOf(end, colors)}  ${parts.join(' · ')}`.trimEnd();
}

function labelOf({ operation, state, error }: RowEnd, colors: Colors): string {
  if (error !== undefined) return colors.red('ERROR');
  if (state !== undefined) return stateLabel(state, colors);
  return operation?.started ? colors.green('STARTED') : colors.cyan('ALREADY STARTED');
}

/** One line: how far it is, what is under way, and what came of the rest. */
export function renderProgress({
  spinner,
  total,
  tally,
  open,
}: {
  readonly spinner: string;
  readonly total: number | null;
  readonly tally: Pick<Tally, 'rows' | 'errors' | 'outcomes'>;
  readonly open: readonly OperationState[];
}): string {
  const done = total === null ? `${tally.rows} rows` : `${tally.rows} of ${total} rows`;
  const waiting = open.filter((state) => state === 'waiting_approval').length;
  const parts = [
    done,
    ...(open.length > 0 ? [`${open.length} under way`] : []),
    ...(waiting > 0 ? [`${waiting} waiting for approval`] : []),
    ...counted(tally.outcomes),
    ...(tally.errors > 0 ? [`${tally.errors} errors`] : []),
  ];
  return `${spinner} ${parts.join(' · ')}`;
}

/** After Ctrl-C. */
export function renderStopping(open: number): readonly string[] {
  if (open === 0) return ['stopping: nothing more is started'];
  return [
    `stopping: nothing more is started; ${open} under way are waited for (Ctrl-C again leaves them running)`,
  ];
}

/** What a batch came to, and how it goes on. */
export function renderSummary(summary: Summary, { colors }: View): readonly string[] {
  const { rows, started, alreadyStarted, errors, problems, stopped, exitCode } = summary;
  const parts = [
    ...(started > 0 ? [`${started} started`] : []),
    ...(alreadyStarted > 0 ? [`${alreadyStarted} already started`] : []),
    ...counted(Object.entries(summary.outcomes)),
    ...(errors > 0 ? [`${errors} error${errors === 1 ? '' : 's'}`] : []),
  ];
  const all = `${rows} row${rows === 1 ? '' : 's'}`;
  return [
    colors.bold([all, ...parts].join(' · ')),
    ...problems.map(({ line, message }) => `  line ${line}: ${oneLine(message)}`),
    ...(stopped === null
      ? []
      : [
          row(['stopped', `${WHY[stopped.because]}, ${whereOf(stopped.afterLine)}`]),
          row(['go on', 'run the same command again: what was started is not started twice']),
        ]),
    ...(exitCode === 0 ? [] : [`exit code ${exitCode}`]),
  ];
}

const WHY: Readonly<Record<StopReason, string>> = {
  failures: 'after as many failures as --stop-after allows',
  interrupted: 'by Ctrl-C',
  unreachable: 'because nobody answers',
  unreadable: 'because the rest cannot be read',
};

function whereOf(line: number): string {
  return line === 0 ? 'before the first row' : `no row behind line ${line} was started`;
}

function counted(outcomes: Iterable<readonly [string, number]>): readonly string[] {
  return [...outcomes].map(([outcome, n]) => `${n} ${outcome.replaceAll('_', ' ')}`);
}
