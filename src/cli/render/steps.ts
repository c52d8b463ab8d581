import type { OperationStatus, StepStatus } from '../../domain/status.js';
import type { Colors, View } from '../output.js';
import { oneLine, pad, widest } from './rows.js';
import { between, clockTime, withClockTimes } from './time.js';

/** Frames of the one thing on the screen that turns. */
export const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

/** One line per step of the runbook; `spinner` marks the running one. */
export function renderSteps(
  { steps, waiting }: Pick<OperationStatus, 'steps' | 'waiting'>,
  view: View,
  spinner = '…',
): readonly string[] {
  const names = widest(steps.map(({ name }) => name));
  return steps.map((step) => {
    const told = step.state === 'running' ? whatFor(step, waiting) : whatCame(step);
    const detail = withClockTimes(told, view.now, view.timeZone);
    const parts = [oneLine(detail), ...timesOf(step, waiting, view)].filter((part) => part !== '');
    const line = `${markOf(step, view.colors, spinner)} ${pad(step.name, names)}  ${parts.join(' · ')}`;
    return `  ${step.state === 'waiting' ? view.colors.dim(line.trimEnd()) : line.trimEnd()}`;
  });
}

/** The detail, and what is waited for where that says more. */
function whatFor({ name, detail = '' }: StepStatus, waiting: OperationStatus['waiting']): string {
  const what = waiting?.what ?? '';
  const told = what.startsWith(`${name}: `) ? what.slice(name.length + 2) : what;
  if (told === name || detail.includes(told)) return detail;
  return detail === '' ? told : `${detail}, ${told}`;
}

/** How far a job had come says nothing once it is done. */
function whatCame({ state, detail = '' }: StepStatus): string {
  return state === 'done' && detail.startsWith('step ') ? '' : detail;
}

function timesOf(
  { state, startedAt, endedAt }: StepStatus,
  waiting: OperationStatus['waiting'],
  { now, timeZone }: View,
): readonly string[] {
  if (startedAt === undefined) return [];
  if (state !== 'running') return endedAt === undefined ? [] : [between(startedAt, endedAt)];
  return [
    `for ${between(startedAt, now)}`,
    ...(waiting?.until === undefined ? [] : [`until ${clockTime(waiting.until, now, timeZone)}`]),
  ];
}

function markOf({ state }: StepStatus, colors: Colors, spinner: string): string {
  switch (state) {
    case 'waiting':
      return '·';
    case 'running':
      return colors.cyan(spinner);
    case 'done':
      return colors.green('✓');
    case 'failed':
      return colors.red('✗');
    case 'given_up':
      return colors.yellow('-');
  }
}
