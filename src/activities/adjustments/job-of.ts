import type { Tracker } from '../../domain/trackers.js';
import { afterEffect, type Located } from '../commands.js';
import { locateByActivity } from '../locate-activity.js';
import { newestJob } from '../newest-job.js';
import type { Sending } from './adjustment.js';

/** Looks for the job of a change by the activity that Press writes for it (observed-2 1). */
export function locateJob(
  { deps, account, key, site, options }: Sending,
  deed: { readonly action: string; readonly reason?: string },
  since: number,
): Promise<Located> {
  const track = (job: string): Tracker => ({ kind: 'site-job', site, job });
  return locateByActivity(deps, account, { key, site, track, ...deed }, since, options);
}

/** The job of a call that answers nothing: it is written in the transaction of the call. */
export async function jobAfter(
  { deps, account, site, options }: Sending,
  jobType: string,
  since: number,
): Promise<Tracker> {
  const job = await afterEffect(deps, () => newestJob(account, site, jobType, since, options));
  return job ?? { kind: 'done' };
}

/** Found when it is so already; then its job, if there is one, is waited for. */
export async function locateState(
  { account, site, options }: Sending,
  isSo: boolean,
  jobType: string,
  since: number,
): Promise<Located> {
  if (!isSo) return { state: 'none' };
  const job = await newestJob(account, site, jobType, since, options);
  return { state: 'found', tracker: job ?? { kind: 'done' }, evidence: {} };
}
