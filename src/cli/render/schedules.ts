import type { LastRun } from '../../client/last-run.js';
import type { OperationSchedule, Rhythm } from '../../client/schedules.js';
import { UNITS } from '../../policy/values.js';
import type { View } from '../output.js';
import { between, clockTime } from './time.js';

const ON_DAYS = [
  'Sundays',
  'Mondays',
  'Tuesdays',
  'Wednesdays',
  'Thursdays',
  'Fridays',
  'Saturdays',
];

/** Three lines per schedule: what and when, what comes, what was. */
export function renderSchedules(
  schedules: readonly OperationSchedule[],
  view: View,
): readonly string[] {
  if (schedules.length === 0) {
    return ['No schedules. Make one: npx sitewright schedule create --help'];
  }
  return [...schedules]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, what, everyMs, offsetMs, paused, note, nextAt, last, requestedBy }) => [
      `${view.colors.bold(name)}  ${what}, ${rhythmText({ everyMs, offsetMs })}, by ${requestedBy}`,
      paused ? `  ${note ?? 'paused'}` : `  next ${nextText(nextAt, view)}`,
      last === null ? '  never begun' : `  last ${lastText(last, view)}`,
    ]);
}

/** E.g. "in 5 h (21 Nov 02:30)". */
function nextText(at: string | null, { now, timeZone }: View): string {
  if (at === null) return 'not known';
  return `in ${between(now.toISOString(), at)} (${clockTime(at, now, timeZone)})`;
}

/** E.g. "10 min ago, refused: it is Inactive (backup:…)"; since when, for what is under way. */
function lastText({ at, workflowId, outcome, detail, ok }: LastRun, { colors, now }: View): string {
  const words = outcome.replaceAll('_', ' ');
  const text = detail === null ? words : `${words}: ${detail}`;
  const shown = ok === null ? text : ok ? colors.green(text) : colors.red(text);
  return `${between(at, now)} ago, ${shown} (${workflowId})`;
}

/** E.g. "every 7d on Mondays at 03:00 UTC", "every 6h from 02:30 UTC", "every 7h". */
export function rhythmText({ everyMs, offsetMs }: Rhythm): string {
  const every = `every ${periodText(everyMs)}`;
  const time = `${timeText(offsetMs % UNITS.d)} UTC`;
  if (everyMs % UNITS.d !== 0) return UNITS.d % everyMs === 0 ? `${every} from ${time}` : every;
  const weekday = ON_DAYS[new Date(offsetMs).getUTCDay()];
  return everyMs % (7 * UNITS.d) === 0
    ? `${every} on ${weekday} at ${time}`
    : `${every} at ${time}`;
}

/** E.g. "1d", "6h", "90m". */
function periodText(ms: number): string {
  const unit = (['d', 'h', 'm'] as const).find((name) => ms % UNITS[name] === 0) ?? 's';
  return `${ms / UNITS[unit]}${unit}`;
}

/** E.g. "02:30". */
function timeText(ms: number): string {
  const minutes = Math.floor(ms / UNITS.m);
  const two = (value: number) => `${value}`.padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
