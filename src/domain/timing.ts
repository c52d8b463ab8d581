/**
 * Every duration of an operation, in milliseconds. Operations get their profile from the first
 * activity, so that it is part of the history and tests can run on a fast clock (D 10).
 */
export interface TimingProfile {
  /** First check of a tracker; Press's own cadence is 5 s, faster is useless (A 4.3). */
  readonly pollFirst: number;
  /** Growth of the distance between checks. */
  readonly pollFactor: number;
  /** Largest distance in the first half hour, and after it (D 4.2). */
  readonly pollMax: number;
  readonly pollMaxLate: number;
  /** A wait longer than this is shown to a person but goes on. */
  readonly softLimit: number;
  /** A wait longer than this stops and asks a person: after Press's own 48 h sweep (C 10.2). */
  readonly hardLimit: number;
  /** A remote state that cannot move any more is believed after this long. */
  readonly stuckLimit: number;
  /** "Not found" proves something only when read this long after the last byte (observed-2 1). */
  readonly horizon: number;
  /** Distance between two negative proof reads. */
  readonly proofInterval: number;
  /** Waiting for another operation to release the site. */
  readonly queuePoll: number;
  readonly queueDeadline: number;
  /** Remind about an operation that waits for a person. */
  readonly reminder: number;
  /** Verification keeps trying this long: DNS and proxy lag behind "Active". */
  readonly verifyDeadline: number;
  readonly verifyInterval: number;
  /** A secret that cannot be made and stored within this long is given up. */
  readonly handOverDeadline: number;
  /** A copy of whose files no byte has come for this long asks a person. */
  readonly transferStall: number;
  /**
   * From the order of a bench at Press to the upgrade that Press then begins by itself: room for build
   * and copy. When either is not ready this long before that time, the order is withdrawn.
   */
  readonly benchRoom: number;
  readonly benchMargin: number;
  /** How often an undo looks whether it may act, and whether it has worked. */
  readonly undoInterval: number;
  /** A custom domain's certificate; allow 10–15 min (C 5.8), then a person or policy decides. */
  readonly domainDeadline: number;
  /** Wrong credentials: retry, one alarm, goes on when fixed (D 8). */
  readonly credentialsRetry: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

export const PRODUCTION_TIMING: TimingProfile = {
  pollFirst: 5 * second,
  pollFactor: 1.6,
  pollMax: 2 * minute,
  pollMaxLate: 10 * minute,
  softLimit: 6 * hour,
  hardLimit: 50 * hour,
  stuckLimit: 10 * minute,
  horizon: 5 * minute,
  proofInterval: 15 * second,
  queuePoll: 30 * second,
  queueDeadline: 12 * hour,
  reminder: 24 * hour,
  verifyDeadline: 15 * minute,
  verifyInterval: 20 * second,
  handOverDeadline: 15 * minute,
  transferStall: 15 * minute,
  benchRoom: 2 * hour,
  benchMargin: 10 * minute,
  undoInterval: 15 * second,
  domainDeadline: 30 * minute,
  credentialsRetry: 5 * minute,
};

/** A profile `factor` times as fast, for simulators with a fast clock; never below 50 ms. */
export function fasterTiming(profile: TimingProfile, factor: number): TimingProfile {
  const scaled = Object.entries(profile).map(([name, value]: [string, number]) => [
    name,
    name === 'pollFactor' ? value : Math.max(50, Math.round(value / factor)),
  ]);
  return Object.fromEntries(scaled) as TimingProfile;
}

/**
 * Delay before check number `n` (0-based) of a wait that has lasted `waited` ms: from
 * {@link TimingProfile.pollFirst} growing to {@link TimingProfile.pollMax}, later
 * {@link TimingProfile.pollMaxLate}. `jitter` in [0, 1) spreads a fleet by ±10 %.
 */
export function pollDelay(
  timing: TimingProfile,
  n: number,
  waited: number,
  jitter: number,
): number {
  const late = waited > timing.pollMax * 15;
  const grown = timing.pollFirst * timing.pollFactor ** Math.min(n, 40);
  const capped = Math.min(grown, late ? timing.pollMaxLate : timing.pollMax);
  return Math.round(capped * (0.9 + 0.2 * jitter));
}
