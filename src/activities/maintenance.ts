import { isWithin, localClock } from '../domain/local-clock.js';
import type { Check } from '../domain/plan.js';
import type { MaintenancePolicy } from '../domain/policy.js';

/** When an operation begins. */
export interface Beginning {
  /** ISO; absent when it begins at once. */
  readonly notBefore?: string;
  readonly check: Check;
}

/** Name of the check. */
export const BEGINS = 'begins';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Windows repeat by the week, so that eight days hold the next one; then come only freezes. */
const SEARCH_MINUTES = 8 * DAY_MINUTES;

/**
 * When an operation may begin that was asked for `at`: at a time, in the next window, or now. What
 * falls into a freeze is refused. Runs in activities only: the clock of a time zone is data of the
 * machine and not the same everywhere.
 */
export function beginning(
  policy: MaintenancePolicy,
  at: string | undefined,
  now: number,
): Beginning {
  const inWindow = at === 'window' ? nextStart(policy, now) : null;
  if (at === 'window' && inWindow === null) {
    return fail('there is no maintenance window within the next days (policy: maintenance)');
  }
  const asked = at === undefined || at === 'window' ? now : Date.parse(at);
  const begins = inWindow ?? Math.max(now, asked);
  const freeze = freezeAt(policy, begins);
  if (freeze !== undefined) {
    return fail(`policy freezes all work until ${freeze.to}: ${freeze.reason}`);
  }
  if (begins <= now) return { check: { name: BEGINS, result: 'pass', detail: 'at once' } };
  const detail = `${iso(begins)}${at === 'window' ? ', in the next maintenance window' : ''}`;
  return { notBefore: iso(begins), check: { name: BEGINS, result: 'pass', detail } };
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
  const clock = localClock(timeZone);
  return (moment) => {
    const local = clock(moment);
    return windows.some((window) => isWithin(window, local));
  };
}

const iso = (moment: number): string => new Date(moment).toISOString();

const fail = (detail: string): Beginning => ({
  check: { name: BEGINS, result: 'fail', detail },
});
