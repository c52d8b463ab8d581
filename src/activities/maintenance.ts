import type { Check } from '../domain/plan.js';
import type { MaintenancePolicy } from '../domain/policy.js';

/** When an operation begins. */
export interface Beginning {
  /** ISO; absent when it begins at once. */
  readonly notBefore?: string;
  readonly check: Check;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Windows repeat by the week, so that eight days hold the next one; then come only freezes. */
const SEARCH_MINUTES = 8 * DAY_MINUTES;

/**
 * When an operation may begin that was asked for `at`: at a time, in the next window, or now. What
 * falls into a freeze is refused. Runs in activities only: the clock of a time zone is data of the
 * machine and not the same everywhere.
 *
 * @param underLock its time has come; what has passed meanwhile is not waited for once more
 */
export function beginning(
  policy: MaintenancePolicy,
  at: string | undefined,
  { now, underLock }: { readonly now: number; readonly underLock: boolean },
): Beginning {
  const inWindow = at === 'window' ? nextStart(policy, now) : null;
  if (at === 'window' && inWindow === null) {
    return fail('there is no maintenance window within the next days (policy: maintenance)');
  }
  if (inWindow !== null && inWindow > now && underLock) {
    return fail(
      `the maintenance window is over; the next one begins ${iso(inWindow)}: start it anew`,
    );
  }
  const asked = at === undefined || at === 'window' ? now : Date.parse(at);
  const begins = inWindow ?? Math.max(now, asked);
  const freeze = freezeAt(policy, begins);
  if (freeze !== undefined) {
    return fail(`policy freezes all work until ${freeze.to}: ${freeze.reason}`);
  }
  if (begins <= now) return { check: { name: 'begins', result: 'pass', detail: 'at once' } };
  const detail = `${iso(begins)}${at === 'window' ? ', in the next maintenance window' : ''}`;
  return { notBefore: iso(begins), check: { name: 'begins', result: 'pass', detail } };
}

/** The next moment that is in a window and in no freeze, from `from` on; null without one. */
export function nextStart(policy: MaintenancePolicy, from: number): number | null {
  const isOpen = windowsOf(policy);
  let moment = from;
  for (let looked = 0; looked < SEARCH_MINUTES; looked += 1) {
    const freeze = freezeAt(policy, moment);
    if (freeze !== undefined) {
      moment = Date.parse(freeze.to);
      looked = 0;
    } else if (isOpen(moment)) {
      return moment;
    } else {
      moment = (Math.floor(moment / MINUTE_MS) + 1) * MINUTE_MS;
    }
  }
  return null;
}

function freezeAt({ freezes }: MaintenancePolicy, moment: number) {
  return freezes.find(({ from, to }) => Date.parse(from) <= moment && moment < Date.parse(to));
}

/** Whether a moment is in a window. Without windows every moment is. */
function windowsOf({ windows, timeZone }: MaintenancePolicy): (moment: number) => boolean {
  if (windows.length === 0) return () => true;
  const clock = clockOf(timeZone);
  return (moment) => {
    const { day, minute } = clock(moment);
    const dayBefore = (day + 6) % 7;
    return windows.some(({ days, from, to }) => {
      if (from < to) return days.includes(day) && from <= minute && minute < to;
      // It goes on into the next day.
      return (days.includes(day) && minute >= from) || (days.includes(dayBefore) && minute < to);
    });
  };
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Day of the week, 0 is Sunday, and minutes since midnight, on the clocks of a zone. */
function clockOf(timeZone: string): (moment: number) => { day: number; minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (moment) => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
    return { day: DAYS.indexOf(parts.get('weekday') ?? ''), minute };
  };
}

const iso = (moment: number): string => new Date(moment).toISOString();

const fail = (detail: string): Beginning => ({
  check: { name: 'begins', result: 'fail', detail },
});
