import type { Reading, Tracker } from '../../domain/trackers.js';
import {
  failureReason,
  getSite,
  listSiteJobs,
  type Account,
  type Site,
} from '../../frappe-cloud/index.js';
import { madeSince } from '../made-since.js';

/** What a site goes through while data is put into it. */
const MOVING: readonly string[] = ['Pending', 'Installing', 'Updating', 'Recovering'];
const RESTORE_JOB = 'Physical Restore Database';

/** Jobs that a physical restore starts; it answers none of them (B 2.6). */
export const SNAPSHOT_JOBS = ['Deactivate Site', RESTORE_JOB];

/**
 * Confirms by the site what the job of a restore has decided: Success counts once the site is
 * Active and no failed restore stands any more (B 7). Any other reading stays as it is.
 */
export async function confirmRestored(
  account: Account,
  site: string,
  reading: Reading,
): Promise<Reading> {
  if (reading.state !== 'settled' || reading.outcome !== 'success') return reading;
  const found = await getSite(account.press, { site });
  if (found.found !== 'own') {
    return failed(reading.evidence, `${site} is gone, although its restore succeeded`);
  }
  const { status, creation_failed } = found.site;
  // Status and job are stored together, but for a callback that throws (B 7).
  if (MOVING.includes(status))
    return { state: 'moving', evidence: { ...reading.evidence, status } };
  if (status === 'Active' && creation_failed === null) return reading;
  const flag = creation_failed === null ? '' : `, failed since ${creation_failed}`;
  return failed(reading.evidence, `the job succeeded, but ${site} is ${status}${flag}`);
}

function failed(evidence: Reading['evidence'], output: string): Reading {
  return { state: 'settled', outcome: 'failure', evidence: { ...evidence, output } };
}

/** Without a handle: over once the site is not Pending, a success only by its job (B 2.6). */
export async function readSnapshotRestore(
  account: Account,
  { site, since }: Extract<Tracker, { kind: 'snapshot-restore' }>,
): Promise<Reading> {
  const found = await getSite(account.press, { site });
  if (found.found !== 'own') return failed({ status: 'gone' }, `${site} is gone`);
  const { status } = found.site;
  if (MOVING.includes(status)) return { state: 'moving', evidence: { status } };
  return judgeSnapshot(account, found.site, since);
}

async function judgeSnapshot(account: Account, site: Site, since: number): Promise<Reading> {
  const { name, status } = site;
  const listed = await listSiteJobs(account.press, { site: name, job_types: [RESTORE_JOB] });
  const jobs = listed.found === 'own' ? listed.jobs : [];
  const [job] = (await madeSince(account, name, jobs, since)) ?? jobs;
  if (job === undefined) {
    return failed({ status }, `the snapshot never came to its restore; ${name} is ${status}`);
  }
  const evidence = { job: job.name, status: job.status };
  if (job.status === 'Success' && status === 'Active') {
    return { state: 'settled', outcome: 'success', evidence };
  }
  const reason = await failureReason(account.press, { job: job.name, site: name });
  return {
    state: 'settled',
    outcome: 'failure',
    evidence: {
      ...evidence,
      ...(reason?.step && { step: reason.step }),
      output: reason?.text ?? `${name} is ${status}`,
    },
  };
}
