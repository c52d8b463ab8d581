import type { Rhythm } from '../../client/schedules.js';
import { clock, DAYS, duration, UNITS } from '../../policy/values.js';
import { problem } from './asked.js';
import type { CreateOptions } from './options.js';

/** A period of whole weeks is about a weekday. */
const WEEK_MS = 7 * UNITS.d;

/**
 * When. The next `at` to come, on the weekday if one is given, begins a period: Temporal by itself would
 * count multiples since the epoch, which makes every week a Thursday.
 *
 * @throws InvalidInput
 */
export function rhythmOf(
  { every, at = '00:00', on }: Pick<CreateOptions, 'every' | 'at' | 'on'>,
  now: Date,
): Rhythm {
  const period = duration.safeParse(every);
  if (!period.success) throw problem('every', 'must be a duration such as 6h or 1d');
  const minutes = clock.safeParse(at);
  if (!minutes.success) throw problem('at', 'must be a time such as 02:30');
  const everyMs = period.data;
  if (on !== undefined && everyMs % WEEK_MS !== 0) {
    throw problem('on', 'needs a period of whole weeks, such as 7d or 14d');
  }
  const first = firstTime(minutes.data * UNITS.m, on, now);
  return { everyMs, offsetMs: first % everyMs };
}

/** When something of that rhythm begins next. */
export function nextTime({ everyMs, offsetMs }: Rhythm, now: Date): Date {
  const periods = Math.floor((now.getTime() - offsetMs) / everyMs) + 1;
  return new Date(periods * everyMs + offsetMs);
}

/** Epoch ms of the next such time; `timeMs` is since midnight, UTC. */
function firstTime(timeMs: number, on: CreateOptions['on'], now: Date): number {
  let day = now.getTime() - (now.getTime() % UNITS.d);
  const isIt = () => on === undefined || DAYS[new Date(day).getUTCDay()] === on;
  while (!isIt() || day + timeMs <= now.getTime()) day += UNITS.d;
  return day + timeMs;
}
