import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { isNotOurs } from './generic.js';
import { JOB_STATUSES } from './jobs.js';
import { ask, naiveDatetime } from './wire.js';

const RunningJobSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(JOB_STATUSES),
    bench: z.string().nullable(),
    current: z.object({ name: z.string(), total: z.number() }).nullish(),
  })
  .transform(({ id, name, status, bench, current }) => ({
    name: id,
    job_type: name,
    status,
    bench,
    /** The step it is at, and of how many. */
    step: current ?? null,
  }));
export type RunningJob = z.infer<typeof RunningJobSchema>;

/**
 * Jobs of an own site that a server works on now. Read (A 4.2). NOT the open ones: what no server
 * has taken yet is missing, so an empty list is no proof of rest; `listSiteJobs` is.
 *
 * @throws PressError `FORBIDDEN` for a site of another team, and for an archived one by its old
 * name
 */
export function runningJobs(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<RunningJob[]> {
  const params = { name: args.site };
  return ask(press, 'press.api.site.running_jobs', params, z.array(RunningJobSchema), options);
}

/**
 * Whether a site belongs to the team we act for, whatever our user's roles are: they count for
 * documents, not for this endpoint (C 0.4). Read. False for a site that does not exist, too.
 *
 * @throws PressError
 */
export async function isSiteOfTeam(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<boolean> {
  try {
    await runningJobs(press, args, options);
    return true;
  } catch (error) {
    if (isNotOurs(error)) return false;
    throw error;
  }
}

const PastJobSchema = z.object({
  name: z.string(),
  job_type: z.string(),
  status: z.enum(JOB_STATUSES),
  creation: naiveDatetime,
  /** UTC, unlike `creation` (A 4.2). */
  start: naiveDatetime.nullable(),
  end: naiveDatetime.nullable(),
});
export type PastJob = z.infer<typeof PastJobSchema>;

/**
 * One page of the jobs of an own site, the newest first. Read (A 4.2). Tells a `Delivery Failure`,
 * which did not touch the server, from a `Failure`; `listSiteJobs` does not.
 *
 * @param args.start how many to skip
 * @throws PressError `FORBIDDEN` for a site of another team
 */
export function jobHistory(
  press: Transport,
  args: { readonly site: string; readonly start?: number; readonly limit?: number },
  options?: CallOptions,
): Promise<PastJob[]> {
  const params = {
    // Whose jobs Press checks by the first key (observed 3).
    filters: { site: args.site },
    order_by: 'creation desc',
    limit_start: args.start ?? 0,
    limit_page_length: args.limit ?? 20,
  };
  return ask(press, 'press.api.site.jobs', params, z.array(PastJobSchema), options);
}
