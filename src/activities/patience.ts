import type { TimingProfile } from '../domain/timing.js';

/**
 * How long to wait before the next look at something that a person has to do: from minutes to an
 * hour. Null when it is time for a reminder, or the deadline has come.
 *
 * @param since when the waiting began, epoch ms
 */
export function patienceWithPeople(
  timing: TimingProfile,
  since: number,
  deadline: number,
): number | null {
  const now = Date.now();
  const until = Math.min(deadline, since + timing.reminder);
  if (now >= until) return null;
  const grown = Math.max(timing.pollMax, (now - since) / 3);
  return Math.max(1, Math.round(Math.min(grown, 6 * timing.pollMaxLate, until - now)));
}
