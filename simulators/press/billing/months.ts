import type { World } from '../world/world.js';

export interface Month {
  year: number;
  /** 1 to 12. */
  month: number;
  /** First and last day, `YYYY-MM-DD`. */
  start: string;
  end: string;
  days: number;
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** Today in the server's zone, `YYYY-MM-DD`. */
export const today = (world: World): string => (world.local(world.now()) ?? '').slice(0, 10);

/** The running month, or one before it. */
export function monthOf(world: World, monthsAgo = 0): Month {
  const [year = 0, month = 1] = today(world).split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - monthsAgo, 1));
  const last = new Date(Date.UTC(year, month - monthsAgo, 0));
  const name = `${first.getUTCFullYear()}-${pad(first.getUTCMonth() + 1)}`;
  return {
    year: first.getUTCFullYear(),
    month: first.getUTCMonth() + 1,
    start: `${name}-01`,
    end: `${name}-${pad(last.getUTCDate())}`,
    days: last.getUTCDate(),
  };
}
