import type { OperationSchedule } from '../../client/schedules.js';
import { UNITS } from '../../policy/values.js';
import type { View } from '../output.js';
import { between } from './time.js';

/** Three lines per schedule: what and when, what comes, what was. */
export function renderSchedules(
  schedules: readonly OperationSchedule[],
  { colors, now }: View,
): readonly string[] {
  if (schedules.length === 0) {
    return ['No schedules. Make one: npx sitewright schedule create --help'];
  }
  return [...schedules]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, what, everyMs, offsetMs, paused, note, nextAt, last, requestedBy }) => [
      `${colors.bold(name)}  ${what}, every ${periodText(everyMs)} at ${timeText(offsetMs)} UTC, by ${requestedBy}`,
      paused ? `  ${note ?? 'paused'}` : `  next ${nextAt ?? 'not known'}`,
      last === null ? '  never begun' : `  last ${between(last.at, now)} ago: ${last.workflowId}`,
    ]);
}

/** E.g. "1d", "6h", "90m". */
export function periodText(ms: number): string {
  const unit = (['d', 'h', 'm'] as const).find((name) => ms % UNITS[name] === 0) ?? 's';
  return `${ms / UNITS[unit]}${unit}`;
}

/** E.g. "02:30". */
export function timeText(ms: number): string {
  const minutes = Math.floor(ms / UNITS.m);
  const two = (value: number) => `${value}`.padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
