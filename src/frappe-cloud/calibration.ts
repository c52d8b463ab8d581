import type { Account } from './accounts.js';
import { getJob, listSiteJobs } from './endpoints/jobs.js';
import type { CallOptions } from './transport.js';

/**
 * Learns the server's zone from the newest started job of an own site: `get_list` shows its
 * `start` in the server's zone, `press.api.site.job` in UTC (A 4.2). Two reads, none when the
 * clock is calibrated already.
 *
 * @returns whether the clock is calibrated now; false when no job of the site has started yet
 * @throws PressError
 */
export async function calibrateClock(
  account: Account,
  site: string,
  options?: CallOptions,
): Promise<boolean> {
  const { press, clock } = account;
  if (clock.calibrated) return true;
  const listed = await listSiteJobs(press, { site }, options);
  if (listed.found !== 'own') return false;
  const started = listed.jobs.find((job) => job.start !== null);
  if (!started?.start) return false;
  const { start } = await getJob(press, { job: started.name }, options);
  if (start === null) return false;
  clock.calibrateFromPair(started.start, start);
  return true;
}
