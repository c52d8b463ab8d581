import type { PressClock } from '../clock.js';

/**
 * A moment as Press wants it, `scheduled_time` above all: naive, in the server's zone, to the
 * microsecond, so that it compares with `creation` as text (C 0.6).
 *
 * @param at epoch ms
 */
export function toNaive(at: number, clock: Pick<PressClock, 'offsetMinutes'>): string {
  const local = new Date(at + clock.offsetMinutes * 60_000).toISOString();
  return local.replace('T', ' ').replace('Z', '000');
}
