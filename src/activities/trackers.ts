import type { TrackerArgs } from '../domain/activity-types.js';
import type { Evidence, Reading, Tracker } from '../domain/trackers.js';
import {
  failureReason,
  getJob,
  getJobStatus,
  listDomains,
  listSiteJobs,
  listSites,
  PressError,
  type Account,
} from '../frappe-cloud/index.js';
import { readArchive } from './archive/archive-tracker.js';
import { readBenchDeploy } from './deploy/deploy-tracker.js';
import { readGroupBuild } from './bench-group/group-standing.js';
import { readUpgradeBegun } from './bench-group/upgrade-begun.js';
import type { ActivityDeps } from './deps.js';
import { whileBeating } from './heartbeat.js';
import { readMove } from './move/move-tracker.js';
import { readOrder } from './provision/order-tracker.js';
import { CREATION_JOBS } from './provision/site-creation.js';
import { readBackup } from './safety-copy/backup-tracker.js';
import { confirmRestored, readSnapshotRestore } from './restore/restore-tracker.js';
import { readSwitch } from './site-switch/switch-tracker.js';
import { readServerBench } from './upgrade/server-bench.js';
import { readSiteUpdate } from './upgrade/update-tracker.js';

/** One look at a remote handle, in one vocabulary (D 4.2). Reads only. */
export function createTrackerActivities({ accounts }: ActivityDeps) {
  return {
    async readTracker({ account, tracker }: TrackerArgs): Promise<Reading> {
      return whileBeating(() => readTracker(accounts.get(account), tracker));
    },
  };
}

/** Decides by the job, confirms by the site (A 4.5). */
export async function readTracker(account: Account, tracker: Tracker): Promise<Reading> {
  switch (tracker.kind) {
    case 'site-creation':
      return readCreation(account, tracker.site, tracker.job);
    case 'site-order':
      return readOrder(account, tracker);
    case 'site-job':
      return readJob(account, tracker.site, tracker.job);
    case 'site-jobs':
      return readJobs(account, tracker.site, tracker.jobs);
    case 'site-domain':
      return readDomain(account, tracker.site, tracker.domain);
    case 'site-update':
      return readSiteUpdate(account, tracker);
    case 'bench-on-server':
      return readServerBench(account, tracker);
    case 'site-restore': {
      const { site, job } = tracker;
      return confirmRestored(account, site, await readJob(account, site, job));
    }
    case 'snapshot-restore':
      return readSnapshotRestore(account, tracker);
    case 'site-switch':
      return readSwitch(account, tracker);
    case 'site-backup':
      return readBackup(account, tracker);
    case 'site-archive':
      return readArchive(account, tracker);
    case 'bench-deploy':
      return readBenchDeploy(account, tracker);
    case 'group-build':
      return readGroupBuild(account, tracker);
    case 'upgrade-begun':
      return readUpgradeBegun(account, tracker);
    case 'site-move':
      return readMove(account, tracker);
    case 'bench-group':
    case 'transfer-request':
    case 'wordpress-site':
    case 'api-key':
    case 'done':
      return { state: 'settled', outcome: 'success', evidence: {} };
  }
}

/** The site's status is computed from both jobs of a creation (A 3.4). */
async function readCreation(account: Account, site: string, job: string | null): Promise<Reading> {
  const [row] = await listSites(account.press, { names: [site] });
  if (row === undefined) {
    return {
      state: 'settled',
      outcome: 'failure',
      evidence: { status: 'gone', output: `${site} does not exist any more` },
    };
  }
  const evidence: Evidence = { status: row.status, ...(job && { job }) };
  if (row.status === 'Broken' || row.creation_failed !== null) {
    return creationFailure(account, site, evidence);
  }
  if (row.status === 'Active') return { state: 'settled', outcome: 'success', evidence };
  return moving(account, job, evidence);
}

/** Which of the two jobs failed, and why. */
async function creationFailure(
  account: Account,
  site: string,
  evidence: Evidence,
): Promise<Reading> {
  const listed = await listSiteJobs(account.press, { site, job_types: CREATION_JOBS });
  const jobs = listed.found === 'own' ? listed.jobs : [];
  const failed = jobs.find(({ status }) => status === 'Failure' || status === 'Delivery Failure');
  if (failed === undefined) return { state: 'settled', outcome: 'failure', evidence };
  const { outcome, ...rest } = await jobFailure(account, site, failed.name);
  return { state: 'settled', outcome, evidence: { ...evidence, ...rest.evidence } };
}

async function readJob(account: Account, site: string, job: string): Promise<Reading> {
  const status = await getJobStatus(account.press, { job });
  const evidence: Evidence = { job, status: status ?? 'unknown' };
  if (status === 'Success') return { state: 'settled', outcome: 'success', evidence };
  if (status === 'Failure' || status === 'Delivery Failure') {
    const failure = await jobFailure(account, site, job);
    return { state: 'settled', ...failure };
  }
  return moving(account, job, evidence);
}

/** All of them must end well; what one did that failed is told when none is under way any more. */
async function readJobs(account: Account, site: string, jobs: readonly string[]): Promise<Reading> {
  const readings = await Promise.all(jobs.map((job) => readJob(account, site, job)));
  const moving = readings.find(({ state }) => state === 'moving');
  const failed = readings.find(
    (reading) => reading.state === 'settled' && reading.outcome !== 'success',
  );
  return moving ?? failed ?? readings[0] ?? { state: 'settled', outcome: 'success', evidence: {} };
}

/**
 * The raw status tells a failed job from one that was never delivered, which decides whether the
 * server was touched (D 4.2).
 */
async function jobFailure(account: Account, site: string, job: string) {
  const status = await getJobStatus(account.press, { job });
  const reason = await failureReason(account.press, { job, site });
  const evidence: Evidence = {
    job,
    ...(status && { status }),
    ...(reason?.step && { step: reason.step }),
    ...(reason && { output: reason.text }),
  };
  const outcome = status === 'Delivery Failure' ? 'delivery_failure' : 'failure';
  return { outcome, evidence } as const;
}

async function readDomain(account: Account, site: string, domain: string): Promise<Reading> {
  const rows = await listDomains(account.press, { site });
  const row = rows.find((candidate) => candidate.domain === domain);
  const evidence: Evidence = { status: row?.status ?? 'gone' };
  if (row?.status === 'Active') return { state: 'settled', outcome: 'success', evidence };
  if (row === undefined || row.status === 'Broken') {
    const output =
      row === undefined
        ? `${domain} is gone`
        : `${domain} is Broken: no certificate, or the proxy refused it`;
    return { state: 'settled', outcome: 'failure', evidence: { ...evidence, output } };
  }
  return { state: 'moving', evidence };
}

/** Progress is a courtesy: a job that cannot be read does not stop the wait. */
async function moving(account: Account, job: string | null, evidence: Evidence): Promise<Reading> {
  if (job === null) return { state: 'moving', evidence };
  try {
    const { steps } = await getJob(account.press, { job });
    const index = steps.findIndex(({ status }) => status === 'Running');
    const running = steps[index];
    if (running === undefined) return { state: 'moving', evidence };
    return {
      state: 'moving',
      evidence,
      step: { index: index + 1, of: steps.length, name: running.step_name },
    };
  } catch (error) {
    if (error instanceof PressError && error.ended) return { state: 'moving', evidence };
    throw error;
  }
}
