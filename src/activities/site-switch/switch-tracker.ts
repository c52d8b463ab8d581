import type { Reading, Tracker } from '../../domain/trackers.js';
import { failureReason, getJobStatus, getSite, type Account } from '../../frappe-cloud/index.js';

const FINISHED: readonly (string | null)[] = ['Success', 'Failure', 'Delivery Failure', null];

/**
 * A switch is done when all its jobs are: Press has changed the status before a server was asked,
 * and nothing corrects it when one fails (B 4.3). A Broken site that is activated stays Broken when
 * it does not answer, and one with a fatal update as it is (B 4.4).
 */
export async function readSwitch(
  account: Account,
  { site, to, jobs }: Extract<Tracker, { kind: 'site-switch' }>,
): Promise<Reading> {
  const { press } = account;
  const looked = await Promise.all(
    jobs.map(async (job) => ({ job, status: await getJobStatus(press, { job }) })),
  );
  const open = looked.find(({ status }) => !FINISHED.includes(status));
  if (open !== undefined) {
    return { state: 'moving', evidence: { job: open.job, status: open.status ?? '' } };
  }
  const failed = looked.find(({ status }) => status === 'Failure' || status === 'Delivery Failure');
  if (failed !== undefined) {
    const { job, status } = failed;
    const reason = await failureReason(press, { job, site });
    return {
      state: 'settled',
      outcome: status === 'Delivery Failure' ? 'delivery_failure' : 'failure',
      evidence: {
        job,
        ...(status && { status }),
        ...(reason?.step && { step: reason.step }),
        ...(reason && { output: reason.text }),
      },
    };
  }
  const found = await getSite(press, { site });
  const status = found.found === 'own' ? found.site.status : 'gone';
  if (status === to) return { state: 'settled', outcome: 'success', evidence: { status } };
  const why = status === 'Broken' ? 'it does not answer' : 'Press did not change it';
  const output = `${site} is ${status}, not ${to}: ${why}`;
  return { state: 'settled', outcome: 'failure', evidence: { status, output } };
}
