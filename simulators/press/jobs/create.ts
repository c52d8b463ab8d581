import type { JobFault } from '../fault-types.js';
import type { Json } from '../types.js';
import { groupFacts } from '../benches/facts.js';
import { takeJobFault } from '../faults/matching.js';
import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { ceilTo, milliseconds } from './agent.js';
import { JOB_STEPS, type JobType } from './job-types.js';

interface NewJob {
  jobType: JobType;
  site: string | null;
  bench: string | null;
  server: string;
  owner: string;
  data?: Record<string, Json>;
  /** What goes wrong with it unless a rule says otherwise, e.g. an app that is not there. */
  fault?: JobFault | null;
}

const HOUR_MS = 3_600_000;

/** Inserts a job as Undelivered; it goes to its agent after the commit (A 1.8). */
export function createJob(world: World, request: NewJob): JobRow {
  const job: JobRow = {
    ...world.newRow(request.owner),
    jobType: request.jobType,
    status: 'Undelivered',
    jobId: 0,
    site: request.site,
    bench: request.bench,
    server: request.server,
    data: request.data ?? {},
    start: null,
    end: null,
    output: null,
    steps: [],
    plan: null,
    fault: null,
  };
  job.steps = JOB_STEPS[request.jobType].map((stepName) => ({
    name: world.hash(),
    stepName,
    status: 'Pending',
    start: null,
    end: null,
    output: null,
  }));
  const fault = takeJobFault(world.state, {
    jobType: job.jobType,
    site: job.site,
    ...groupFacts(world, groupOf(world, job)),
  });
  job.fault = fault ?? request.fault ?? null;
  world.state.jobs[job.name] = job;
  scheduleDelivery(world, job, job.fault);
  const oldEnough = job.creation + milliseconds(world.timings.reaper);
  world.schedule(ceilTo(oldEnough, milliseconds(HOUR_MS)), 'job.reap', job.name);
  return job;
}

function groupOf({ state }: World, job: JobRow): string | null {
  const place = state.benches[job.bench ?? ''] ?? state.sites[job.site ?? ''];
  return place?.group ?? null;
}

function scheduleDelivery(world: World, job: JobRow, fault: JobFault | null): void {
  if (fault?.kind === 'delivery_failure') {
    const after = fault.afterSeconds === undefined ? undefined : fault.afterSeconds * 1000;
    const wait = milliseconds(after ?? world.timings.deliveryGiveUp);
    world.schedule(job.creation + wait, 'job.give-up', job.name);
    return;
  }
  const wait =
    fault?.kind === 'undelivered'
      ? milliseconds(fault.seconds * 1000)
      : world.spread(world.timings.delivery);
  world.schedule(job.creation + wait, 'job.deliver', job.name);
}
