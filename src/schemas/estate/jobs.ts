import { z } from 'zod';

/** Raw statuses of a job (A 4.1); a `Delivery Failure` has not touched the server. */
const jobStatus = z.enum([
  'Undelivered',
  'Pending',
  'Running',
  'Success',
  'Failure',
  'Delivery Failure',
]);

export const JobRowSchema = z.object({
  name: z.string(),
  type: z.string(),
  status: jobStatus,
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type JobRow = z.infer<typeof JobRowSchema>;

export const JobsSchema = z.object({
  site: z.string(),
  /** The newest first. */
  jobs: z.array(JobRowSchema),
  /** `start` of the next page; null at the end. */
  next: z.number().int().nullable(),
});
export type Jobs = z.infer<typeof JobsSchema>;

export const JobSchema = JobRowSchema.extend({
  steps: z.array(
    z.object({
      name: z.string(),
      status: z.union([jobStatus, z.literal('Skipped')]),
      /** The end of what it printed, without secrets; empty when it printed nothing. */
      output: z.string(),
    }),
  ),
});
export type Job = z.infer<typeof JobSchema>;
