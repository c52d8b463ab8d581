const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration for people: `0.4 s`, `12 s`, `14 min`, `2 h 5 min`, `3 days`. */
export function duration(ms: number): string {
  if (ms < 10 * SECOND) return `${Math.max(0, ms / SECOND).toFixed(1)} s`;
  if (ms < 2 * MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  const minutes = Math.round(ms / MINUTE);
  if (ms < 2 * DAY) {
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
  }
  return `${Math.round(ms / DAY)} days`;
}

/** From one ISO time to another, or to now. */
export function between(from: string, to: string | Date): string {
  return duration(new Date(to).getTime() - new Date(from).getTime());
}

/** `22:40`, with the day when it is another one. */
export function clockTime(iso: string, now: Date, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = (date: Date) =>
    date.toLocaleDateString('en-GB', { ...zone, day: 'numeric', month: 'short' });
  const at = new Date(iso);
  const time = at.toLocaleTimeString('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' });
  return day(at) === day(now) ? time : `${day(at)} ${time}`;
}

/** A time by itself, not one that is part of a name. */
const ISO_TIME = /(?<![\w:%/-])\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z\b/g;

/** Times in a text that was written for all time zones, as people read them. */
export function withClockTimes(text: string, now: Date, timeZone?: string): string {
  return text.replace(ISO_TIME, (iso) => clockTime(iso, now, timeZone));
}
