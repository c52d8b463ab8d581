import type { Tracker } from '../../domain/trackers.js';
import { listSiteJobs } from '../../frappe-cloud/index.js';
import { afterEffect, type Located } from '../commands.js';
import { knownJobs } from '../known-jobs.js';
import { locateByActivity } from '../locate-activity.js';
import { madeSince } from '../made-since.js';
import type { Sending } from './adjustment.js';

/** Carries a changed configuration, or a changed plan, to the server of a site (C 5.2). */
export const CONFIG_JOB = 'Update Site Configuration';

/** Looks for the job of a change by the activity that Press writes for it (observed-2 1). */
export function locateJob(
  { deps, account, key, site, options }: Sending,
  deed: { readonly action: string; readonly reason?: string },
  since: number,
): Promise<Located> {
  const track = (job: string): Tracker => ({ kind: 'site-job', site, job });
  return locateByActivity(deps, account, { key, site, track, ...deed }, since, options);
}

/**
 * The jobs of a call that answers nothing, one of each type: they are written in the transaction of
 * the call, so that one read decides (A 4.3).
 */
export function jobsAfter(
  asked: Sending,
  jobTypes: readonly string[],
  since: number,
): Promise<Tracker> {
  return afterEffect(asked.deps, () => ownJobs(asked, jobTypes, since));
}

/** Found when it is so already; then its jobs, if there are any, are waited for. */
export async function locateState(
  asked: Sending,
  isSo: boolean,
  jobTypes: readonly string[],
  since: number,
): Promise<Located> {
  if (!isSo) return { state: 'none' };
  return { state: 'found', tracker: await ownJobs(asked, jobTypes, since), evidence: {} };
}

/** The newest of each type since the send that no other command of this operation has. */
async function ownJobs(
  { deps, account, key, site, options }: Sending,
  jobTypes: readonly string[],
  since: number,
): Promise<Tracker> {
  const query = { site, job_types: jobTypes };
  const listed = await listSiteJobs(account.press, query, options);
  const known = await knownJobs(deps, key);
  const all = listed.found === 'own' ? listed.jobs : [];
  const others = all.filter(({ name }) => !known.includes(name));
  const made = (await madeSince(account, site, others, since, options)) ?? others;
  const jobs = jobTypes.flatMap((type) => {
    const newest = made.find((job) => job.job_type === type);
    return newest === undefined ? [] : [newest.name];
  });
  return jobs.length === 0 ? { kind: 'done' } : { kind: 'site-jobs', site, jobs };
}
