import type { Evidence, Reading, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  failureReason,
  getJob,
  getJobStatus,
  getSiteUpdate,
  PressError,
  type SiteUpdate,
} from '../../frappe-cloud/index.js';
import { OutcomeUnknown } from '../errors.js';

type UpdateTracker = Extract<Tracker, { kind: 'site-update' }>;

/**
 * One look at a Site Update (C 2.1). "Failure" is on its way back and not an end; "Fatal" has many
 * meanings, of which only one is harmless: the update never ran (D 2.2). Where the others leave the
 * site is another question, see standing.ts.
 *
 * @throws OutcomeUnknown when it cannot be read any more
 */
export async function readSiteUpdate(
  account: Account,
  { site, update }: UpdateTracker,
): Promise<Reading> {
  const row = await getSiteUpdate(account.press, { site_update: update });
  if (row === null) throw new OutcomeUnknown(`the update ${update} of ${site} cannot be read`);
  switch (row.status) {
    case 'Success':
      return { state: 'settled', outcome: 'success', evidence: evidenceOf(row) };
    case 'Recovered':
      return { state: 'settled', outcome: 'recovered', evidence: await why(account, row) };
    case 'Cancelled':
      return { state: 'settled', outcome: 'cancelled', evidence: evidenceOf(row) };
    case 'Fatal':
      return {
        state: 'settled',
        outcome: (await neverRan(account, row)) ? 'delivery_failure' : 'fatal',
        evidence: await why(account, row),
      };
    case 'Scheduled':
    case 'Pending':
    case 'Running':
    case 'Failure':
    case 'Recovering':
      return moving(account, row);
  }
}

/** The job at work: the recovery when there is one. */
const jobOf = ({ recover_job, update_job, deactivate_site_job }: SiteUpdate): string | null =>
  recover_job ?? update_job ?? deactivate_site_job;

function evidenceOf(row: SiteUpdate): Evidence {
  const job = row.update_job;
  return { status: row.status, ...(job !== null && { job }) };
}

/** No job, or one that never reached the server: nothing was touched. */
async function neverRan({ press }: Account, row: SiteUpdate): Promise<boolean> {
  if (row.recover_job !== null) return false;
  if (row.update_job === null) return true;
  return (await getJobStatus(press, { job: row.update_job })) === 'Delivery Failure';
}

/** What failed is the update; how the recovery failed is in the ledger of Press. */
async function why(account: Account, row: SiteUpdate): Promise<Evidence> {
  const evidence = evidenceOf(row);
  if (row.update_job === null) return evidence;
  const reason = await failureReason(account.press, { job: row.update_job, site: row.site });
  return {
    ...evidence,
    ...(reason?.step && { step: reason.step }),
    ...(reason && { output: reason.text }),
  };
}

/** Progress is a courtesy: a job that cannot be read does not stop the wait. */
async function moving({ press }: Account, row: SiteUpdate): Promise<Reading> {
  const evidence = evidenceOf(row);
  const job = jobOf(row);
  if (job === null) return { state: 'moving', evidence };
  try {
    const { steps } = await getJob(press, { job });
    const index = steps.findIndex(({ status }) => status === 'Running');
    const running = steps[index];
    if (running === undefined) return { state: 'moving', evidence };
    const name = row.recover_job === null ? running.step_name : `${running.step_name} (going back)`;
    return { state: 'moving', evidence, step: { index: index + 1, of: steps.length, name } };
  } catch (error) {
    if (error instanceof PressError && error.ended) return { state: 'moving', evidence };
    throw error;
  }
}
