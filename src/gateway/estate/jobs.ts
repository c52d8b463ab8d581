import {
  type Account,
  getJob,
  jobHistory,
  type PastJob,
  readableOutput,
} from '../../frappe-cloud/index.js';
import type { Job, JobRow, Jobs } from '../../schemas/estate/jobs.js';
import { isoTime, utcTimeOrNull } from './time.js';

/** Of one step, in characters: a whole job is then at most about 200 KB. */
const OUTPUT_LIMIT = 8_000;

/**
 * One page of the jobs of an own site, the newest first; of another one Press says "Not Permitted".
 *
 * @throws PressError
 */
export async function jobsOf(
  account: Account,
  signal: AbortSignal,
  args: { readonly site: string; readonly start: number; readonly limit: number },
): Promise<Jobs> {
  const { site, start, limit } = args;
  const jobs = await jobHistory(account.press, { site, start, limit }, { signal });
  const rows = jobs.map((job) => toJobRow(account, job));
  return { site, jobs: rows, next: jobs.length < limit ? null : start + limit };
}

/** A job with its steps and what they printed. @throws PressError */
export async function jobNamed(account: Account, job: string, signal: AbortSignal): Promise<Job> {
  const found = await getJob(account.press, { job }, { signal });
  return {
    ...toJobRow(account, found),
    steps: found.steps.map(({ step_name: name, status, output }) => ({
      name,
      status,
      output: readableOutput(output, OUTPUT_LIMIT),
    })),
  };
}

/** `start` and `end` are UTC in both answers, unlike `creation` (A 4.2). */
export function toJobRow({ clock }: Account, job: PastJob): JobRow {
  return {
    name: job.name,
    type: job.job_type,
    status: job.status,
    createdAt: isoTime(clock, job.creation),
    startedAt: utcTimeOrNull(job.start),
    endedAt: utcTimeOrNull(job.end),
  };
}
