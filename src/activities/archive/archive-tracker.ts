import type { ArchiveStanding } from '../../domain/archiving.js';
import type { Evidence, Reading, SettledOutcome, Tracker } from '../../domain/trackers.js';
import {
  failureReason,
  getJob,
  getSite,
  listSiteJobs,
  PressError,
  type Account,
  type Job,
  type Site,
} from '../../frappe-cloud/index.js';
import { isSwept } from '../swept-job.js';
import { ARCHIVE_JOBS, unfinishedJobs } from './archive-command.js';

type Archive = Extract<Tracker, { kind: 'site-archive' }>;

const FINISHED: readonly string[] = ['Success', 'Failure', 'Delivery Failure'];
/** The step that drops the site on its server. */
const DROP_STEP = 'Archive Site';

/** How each standing ends a wait. */
const OUTCOME: Readonly<Record<ArchiveStanding, SettledOutcome>> = {
  archived: 'success',
  unfinished: 'failure',
  not_dropped: 'fatal',
  dropped: 'fatal',
  intact: 'failure',
  untouched: 'delivery_failure',
  stranded: 'failure',
  unknown: 'fatal',
};

/**
 * Gone *and* the job a success: neither alone is proof (observed C9). A site that is Broken is judged
 * only when both jobs have ended, because the first that fails makes it so while the other still
 * runs; then the step that drops it tells whether it is still there (observed-2 5).
 */
export async function readArchive(account: Account, { site, job }: Archive): Promise<Reading> {
  const { press } = account;
  // Jobs before the site: a site read after its jobs have ended shows what they made of it.
  const open = await unfinishedJobs(account, site, ARCHIVE_JOBS);
  const archive = await getJob(press, { job });
  const found = await getSite(press, { site });
  // A younger one was made under the free name: by somebody, or by an order that had hung
  // (observed-2 4).
  if (found.found === 'own' && found.site.creation < archive.creation) {
    return open.length > 0 ? moving(archive) : atRest(account, found.site, archive);
  }
  if (!FINISHED.includes(archive.status)) return moving(archive);
  if (archive.status === 'Success') return settled(account, site, archive, 'archived');
  if (isSwept(archive)) return settled(account, site, archive, 'unknown');
  return settled(account, site, archive, dropOf(archive) ? 'unfinished' : 'not_dropped');
}

const dropOf = ({ steps }: Job): boolean =>
  steps.some(({ step_name, status }) => step_name === DROP_STEP && status === 'Success');

/** Both jobs have ended, and the site is still there. */
async function atRest(account: Account, site: Site, archive: Job): Promise<Reading> {
  if (site.status === 'Pending') {
    const evidence = { job: archive.name, status: site.status, standing: 'stranded' } as const;
    const stuck =
      `Press leaves ${site.name} Pending for good: the server refused to archive it, and every ` +
      'further action is refused. Only support can help';
    return { state: 'moving', stuck, evidence };
  }
  if (isSwept(archive)) return settled(account, site.name, archive, 'unknown');
  if (dropOf(archive)) return settled(account, site.name, archive, 'dropped');
  // Press calls a site Active again only when neither server was reached (B 4.2).
  const standing = site.status === 'Active' ? 'untouched' : 'intact';
  return settled(account, site.name, archive, standing);
}

async function settled(
  account: Account,
  site: string,
  archive: Job,
  standing: ArchiveStanding,
): Promise<Reading> {
  const evidence = { job: archive.name, status: archive.status, standing };
  const why = standing === 'archived' ? {} : await whyFailed(account, site, archive);
  return { state: 'settled', outcome: OUTCOME[standing], evidence: { ...evidence, ...why } };
}

/** What the job that failed says: the one on the server, else the one on the proxy. */
async function whyFailed(account: Account, site: string, archive: Job): Promise<Evidence> {
  const failed = archive.status === 'Success' ? await proxyJob(account, site) : archive.name;
  if (failed === undefined) return {};
  try {
    const reason = await failureReason(account.press, { job: failed, site });
    return { ...(reason && { output: reason.text }), ...(reason?.step && { step: reason.step }) };
  } catch (error) {
    // Why is a courtesy: some of it cannot be read any more once the name is gone (observed 4).
    if (error instanceof PressError && error.ended) return {};
    throw error;
  }
}

async function proxyJob({ press }: Account, site: string): Promise<string | undefined> {
  const listed = await listSiteJobs(press, { site, job_types: [ARCHIVE_JOBS[1] ?? ''] });
  return listed.found === 'own' ? listed.jobs[0]?.name : undefined;
}

function moving(archive: Job): Reading {
  const evidence: Evidence = { job: archive.name, status: archive.status };
  const index = archive.steps.findIndex(({ status }) => status === 'Running');
  const running = archive.steps[index];
  if (running === undefined) return { state: 'moving', evidence };
  const step = { index: index + 1, of: archive.steps.length, name: running.step_name };
  return { state: 'moving', evidence, step };
}
