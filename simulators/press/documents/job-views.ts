import type { Json } from '../types.js';
import type { JobRow, Micros, StepRow } from '../world/model.js';
import { duration, naive, timeOfDay } from '../world/time.js';
import type { World } from '../world/world.js';
import type { Columns } from './doctype.js';

const utc = (time: Micros | null): string | null => (time === null ? null : naive(time, 0));

/** Time between the job row's own clock reading and its `creation`, as observed. */
const STAMP_LAG: Micros = 38;

/**
 * Null only while running; a job that never started shows the time of day of its creation
 * (observed C4).
 */
export function jobDuration(world: World, job: JobRow): string | null {
  if (job.start !== null) return job.end === null ? null : duration(job.end - job.start);
  return duration(timeOfDay(job.creation - STAMP_LAG, world.state.utcOffsetMinutes));
}

function stepDuration(step: StepRow): string | null {
  if (step.start === null) return '0:00:00';
  return step.end === null ? null : duration(step.end - step.start);
}

/** `Undelivered` is shown as Pending everywhere but in `get_job_status` (A 4.2). */
const shown = (status: string): string => (status === 'Undelivered' ? 'Pending' : status);

/** `press.api.site.jobs`: times in UTC, `creation` in the server's zone. */
export function jobLine(world: World, job: JobRow): Columns {
  return {
    name: job.name,
    job_type: job.jobType,
    creation: world.local(job.creation),
    status: shown(job.status),
    start: utc(job.start),
    end: utc(job.end),
    duration: jobDuration(world, job),
  };
}

/** `press.api.site.job`. */
export function jobWithSteps(world: World, job: JobRow): Columns {
  return {
    ...jobLine(world, job),
    steps: job.steps.map((step) => ({
      step_name: step.stepName,
      status: step.status,
      start: utc(step.start),
      end: utc(step.end),
      duration: stepDuration(step),
      output: step.output,
    })),
  };
}

/** `press.api.site.running_jobs`: `id` is the name, `name` the type. */
export function runningJob(job: JobRow): Columns {
  const steps = job.steps.map((step, index): Record<string, Json> => ({
    name: step.name,
    index,
    step_name: step.stepName,
    status: step.status,
    start: utc(step.start),
    end: utc(step.end),
    duration: stepDuration(step),
    output: null,
  }));
  const total = steps.length;
  const running = steps.find((step) => step.status === 'Running');
  const waiting = { name: job.jobType, status: 'Waiting', index: -1 };
  return {
    id: job.name,
    name: job.jobType,
    server: job.server,
    bench: job.bench,
    site: job.site,
    status: job.status,
    current: { ...(running ?? waiting), total },
    steps,
  };
}

/** Raw columns for the generic API: all times in the server's zone. */
export function jobColumns(world: World, job: JobRow): Columns {
  return {
    job_type: job.jobType,
    status: job.status,
    start: world.local(job.start),
    end: world.local(job.end),
    duration: jobDuration(world, job),
    bench: job.bench,
    site: job.site,
    server: job.server,
    job_id: job.jobId,
    output: job.output,
  };
}
