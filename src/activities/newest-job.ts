import type { Tracker } from '../domain/trackers.js';
import { listSiteJobs, type Account, type CallOptions } from '../frappe-cloud/index.js';

/** Clocks of one request differ by its own duration and the `Date` header's whole seconds. */
const CLOCK_SLACK_MS = 5_000;

/** Carries a changed configuration, or a changed plan, to the server of a site (C 5.2). */
export const CONFIG_JOB = 'Update Site Configuration';

/**
 * The job that a call with an empty answer has started: the newest of its type since the send.
 * Press writes the job in the same transaction, so that one read decides (A 4.3).
 */
export async function newestJob(
  account: Account,
  site: string,
  jobType: string,
  since: number,
  options: CallOptions,
): Promise<Tracker | null> {
  const listed = await listSiteJobs(account.press, { site, job_types: [jobType] }, options);
  const jobs = listed.found === 'own' ? listed.jobs : [];
  const { clock } = account;
  const job = jobs.find(
    ({ creation }) => !clock.calibrated || clock.parse(creation) >= since - CLOCK_SLACK_MS,
  );
  return job ? { kind: 'site-job', site, job: job.name } : null;
}
