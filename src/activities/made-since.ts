import { calibrateClock, type Account, type CallOptions } from '../frappe-cloud/index.js';

/** Clocks of one request differ by its own duration and the `Date` header's whole seconds. */
const CLOCK_SLACK_MS = 5_000;

/**
 * Rows of a site that were made since a send began. Without the server's zone their age cannot be
 * told: null then, unless there are none at all.
 */
export async function madeSince<Row extends { readonly creation: string }>(
  account: Account,
  site: string,
  rows: readonly Row[],
  since: number,
  options?: CallOptions,
): Promise<readonly Row[] | null> {
  if (rows.length === 0) return rows;
  if (!(await calibrateClock(account, site, options))) return null;
  return rows.filter(({ creation }) => account.clock.parse(creation) >= since - CLOCK_SLACK_MS);
}
