const MINUTE_MS = 60_000;

/** frappecloud.com runs in India (C 0.6); also the zone of the measured server. */
const ASSUMED_OFFSET_MINUTES = 330;

/** Zones are whole quarters of an hour away from UTC. */
const ZONE_STEP_MS = 15 * MINUTE_MS;

/** How far a "fresh" row may be from a whole quarter before it is not fresh. */
const FRESHNESS_MS = 2 * MINUTE_MS;

const NAIVE = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)$/;

/**
 * A datetime of Press as epoch ms. They carry no zone: most are in the server's own, the `start`
 * and `end` of jobs from `press.api.site.job` are UTC (A 1.5, A 4.2).
 *
 * @throws RangeError when the text is not such a datetime
 */
export function parseNaive(text: string, offsetMinutes: number): number {
  const [, date, time] = NAIVE.exec(text) ?? [];
  const asUtc = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(asUtc)) throw new RangeError(`not a Press datetime: ${text.slice(0, 40)}`);
  return asUtc - offsetMinutes * MINUTE_MS;
}

/** The time of the Press server, and the reading of its datetimes. */
export interface PressClock {
  /** A datetime in the server's zone → epoch ms. @throws RangeError */
  parse(naive: string): number;
  /**
   * Server time in epoch ms: the last `Date` header plus what has passed since, or our own time
   * before the first answer. Never ahead of the server by more than clock drift, and up to a
   * second plus the network's delay behind it, so "created at or after now()" misses nothing.
   */
  now(): number;
  /** Minutes the server's zone is ahead of UTC. */
  readonly offsetMinutes: number;
  /** False while the offset is only assumed: do not prove anything by comparing times then. */
  readonly calibrated: boolean;
  /** Tells the server's time, from a `Date` header. */
  observe(serverTime: number): void;
  /** Exact: the same moment once in the server's zone, once in UTC. @throws RangeError */
  calibrateFromPair(naive: string, naiveUtc: string): void;
  /**
   * By the `creation` of a row made just now. Does nothing when the clock is calibrated already or
   * the row is not fresh; answers whether the clock is calibrated.
   */
  calibrateFromFresh(creation: string): boolean;
}

/** @param offsetMinutes known offset of the server's zone; without it +330 until calibrated */
export function createPressClock(offsetMinutes?: number): PressClock {
  let offset = offsetMinutes ?? ASSUMED_OFFSET_MINUTES;
  let calibrated = offsetMinutes !== undefined;
  let seen: { serverTime: number; at: number } | undefined;

  const now = (): number =>
    seen ? Math.floor(seen.serverTime + performance.now() - seen.at) : Date.now();

  const setOffset = (ms: number): void => {
    offset = ms / MINUTE_MS;
    calibrated = true;
  };

  return {
    parse: (naive) => parseNaive(naive, offset),
    now,
    get offsetMinutes() {
      return offset;
    },
    get calibrated() {
      return calibrated;
    },
    observe(serverTime) {
      seen = { serverTime, at: performance.now() };
    },
    calibrateFromPair(naive, naiveUtc) {
      const ahead = parseNaive(naive, 0) - parseNaive(naiveUtc, 0);
      setOffset(Math.round(ahead / ZONE_STEP_MS) * ZONE_STEP_MS);
    },
    calibrateFromFresh(creation) {
      if (calibrated || !seen) return calibrated;
      const ahead = parseNaive(creation, 0) - now();
      const rounded = Math.round(ahead / ZONE_STEP_MS) * ZONE_STEP_MS;
      if (Math.abs(ahead - rounded) <= FRESHNESS_MS) setOffset(rounded);
      return calibrated;
    },
  };
}
