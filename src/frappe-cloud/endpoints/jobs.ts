import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList, isNotOurs } from './generic.js';
import { newestNotification } from './notifications.js';
import { readableOutput } from './output.js';
import { ask, naiveDatetime } from './wire.js';

/** Raw statuses of an Agent Job (A 4.1). */
export const JOB_STATUSES = [
  'Undelivered',
  'Pending',
  'Running',
  'Success',
  'Failure',
  'Delivery Failure',
] as const;
const jobStatus = z.enum(JOB_STATUSES);
export type JobStatus = z.infer<typeof jobStatus>;

const JobStepSchema = z.object({
  step_name: z.string(),
  status: z.enum([...JOB_STATUSES, 'Skipped']),
  output: z.string().nullish(),
});

const JobSchema = z.object({
  name: z.string(),
  job_type: z.string(),
  status: jobStatus,
  creation: naiveDatetime,
  /** UTC here, unlike `creation` (A 4.2). */
  start: naiveDatetime.nullable(),
  end: naiveDatetime.nullable(),
  steps: z.array(JobStepSchema),
});
export type Job = z.infer<typeof JobSchema>;

/**
 * A job with its steps. Read; works for jobs on shared benches too. `Undelivered` reads as
 * Pending, `Delivery Failure` is kept (A 4.2). Durations are not read: they lie without start and
 * end (observed C4).
 *
 * @throws PressError `NOT_FOUND`, `FORBIDDEN`
 */
export function getJob(
  press: Transport,
  args: { readonly job: string },
  options?: CallOptions,
): Promise<Job> {
  return ask(press, 'press.api.site.job', args, JobSchema, options);
}

/**
 * The raw status; null for an unknown job. Read. No ownership check at all: also answers for jobs
 * of other teams (A 4.2).
 *
 * @throws PressError
 */
export async function getJobStatus(
  press: Transport,
  args: { readonly job: string },
  options?: CallOptions,
): Promise<JobStatus | null> {
  const answer = z.object({ status: jobStatus.nullable() });
  const params = { job_name: args.job };
  return (await ask(press, 'press.api.site.get_job_status', params, answer, options)).status;
}

const JobRowSchema = z.object({
  name: z.string(),
  job_type: z.string(),
  status: jobStatus,
  creation: naiveDatetime,
  /** In the server's zone here (A 4.2). */
  start: naiveDatetime.nullable(),
  end: naiveDatetime.nullable(),
  bench: z.string().nullable(),
});
export type JobRow = z.infer<typeof JobRowSchema>;

/** Whose jobs. Plain strings: Press refuses lists here (observed 4). */
export type JobScope = { readonly site: string } | { readonly group: string };

function listJobs(
  press: Transport,
  scope: JobScope,
  jobTypes: readonly string[] | undefined,
  options?: CallOptions,
): Promise<JobRow[]> {
  const query = {
    doctype: 'Agent Job',
    fields: Object.keys(JobRowSchema.shape),
    filters: { ...scope, ...(jobTypes && { job_type: ['in', jobTypes] }) },
  };
  return getList(press, query, JobRowSchema, options);
}

/** `foreign`: not ours, never was, or archived and renamed (observed 4). */
export type SiteJobs =
  { readonly found: 'own'; readonly jobs: readonly JobRow[] } | { readonly found: 'foreign' };

/**
 * Jobs of an own site, the newest first. Read. Statuses are folded: a Failure here may be a
 * Delivery Failure, which did not touch the server; ask {@link getJobStatus} (A 2.3).
 *
 * @throws PressError
 */
export async function listSiteJobs(
  press: Transport,
  args: { readonly site: string; readonly job_types?: readonly string[] },
  options?: CallOptions,
): Promise<SiteJobs> {
  try {
    const jobs = await listJobs(press, { site: args.site }, args.job_types, options);
    return { found: 'own', jobs };
  } catch (error) {
    if (isNotOurs(error)) return { found: 'foreign' };
    throw error;
  }
}

/**
 * Jobs on all benches of an own group, those of their sites included, the newest first. Read.
 * Works for a deleted group too. Neither image builds nor jobs on the proxy are among them
 * (observed 4). Statuses are folded as in {@link listSiteJobs}.
 *
 * @param args.job_types such as "New Bench", "Archive Bench"
 * @throws PressError `FORBIDDEN` for a group of another team
 */
export function listGroupJobs(
  press: Transport,
  args: { readonly group: string; readonly job_types?: readonly string[] },
  options?: CallOptions,
): Promise<JobRow[]> {
  return listJobs(press, { group: args.group }, args.job_types, options);
}

export interface FailureReason {
  /** Plain text, at most 2 KB; the end of the output. */
  readonly text: string;
  /** The first step that failed, when the text comes from one. */
  readonly step: string | null;
}

/**
 * Why a job failed, for a person: the newest Press Notification about it and the output of the
 * first failed step, else the job's own output, which tells about delivery (A 4.5). null when
 * nobody says. Up to three reads. With `site` for its jobs, with `group` for those of a bench.
 *
 * @throws PressError
 */
export async function failureReason(
  press: Transport,
  { job: name, ...scope }: { readonly job: string } & JobScope,
  options?: CallOptions,
): Promise<FailureReason | null> {
  const job = await getJob(press, { job: name }, options);
  const failed = job.steps.find((step) => step.status === 'Failure');
  const step = failed?.step_name ?? null;
  const about = { document_type: 'Agent Job', document_name: name };
  const notified = readableOutput((await newestNotification(press, about, options))?.message);
  const stepOutput = readableOutput(failed?.output);
  const told = [notified, stepOutput].filter((text) => text !== '').join('\n');
  if (told !== '') return { text: readableOutput(told), step };
  const jobOutput = readableOutput(await outputOf(press, name, scope, options));
  return jobOutput === '' ? null : { text: jobOutput, step };
}

async function outputOf(press: Transport, job: string, scope: JobScope, options?: CallOptions) {
  const query = {
    doctype: 'Agent Job',
    fields: ['output'],
    filters: { ...scope, name: job },
    limit: 1,
  };
  const [row] = await getList(press, query, z.object({ output: z.string().nullish() }), options);
  return row?.output;
}
