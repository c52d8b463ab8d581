import type { WeeklyHours } from './policy-settings.js';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** What a clock on the wall of a time zone shows. */
export interface LocalTime {
  /** Day of the week, 0 is Sunday. */
  readonly day: number;
  /** Since midnight. */
  readonly minute: number;
}

/**
 * The wall clock of an IANA time zone. Not for workflow code: the rules of a time zone are data of
 * the machine and not the same everywhere.
 */
export function localClock(timeZone: string): (epochMs: number) => LocalTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (epochMs) => {
    const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
    const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
    return { day: DAYS.indexOf(parts.get('weekday') ?? ''), minute };
  };
}

/** Whether a moment is in these hours; those that end before they begin reach into the next day. */
export function isWithin({ days, from, to }: WeeklyHours, { day, minute }: LocalTime): boolean {
  if (from < to) return days.includes(day) && from <= minute && minute < to;
  const dayBefore = (day + 6) % 7;
  return (days.includes(day) && minute >= from) || (days.includes(dayBefore) && minute < to);
}

/** `Mon, Tue 08:00-18:00`. */
export function hoursText({ days, from, to }: WeeklyHours): string {
  const named = days.length === DAYS.length ? 'daily' : days.map((day) => DAYS[day]).join(', ');
  return `${named} ${clockText(from)}-${clockText(to)}`;
}

/** `Mon 08:05`. */
export function localTimeText({ day, minute }: LocalTime): string {
  return `${DAYS[day] ?? ''} ${clockText(minute)}`;
}

function clockText(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
