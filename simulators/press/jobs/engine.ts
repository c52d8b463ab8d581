import { PressError } from '../http/errors.js';
import { text } from '../json.js';
import type { JobRow, StepStatus } from '../world/model.js';
import type { World } from '../world/world.js';
import { ceilTo, milliseconds, nextChange, planAgentWork } from './agent.js';
import { runCallback } from './callbacks.js';
import { notifyFailure } from './notifications.js';

const FINISHED = new Set(['Success', 'Failure', 'Delivery Failure']);

/** Registers the life of Agent Jobs (A 4.1, A 4.3) with the clock. */
export function installJobEngine(world: World): void {
  const on = (kind: string, run: (job: JobRow) => void): void => {
    world.onTask(kind, (ref) => {
      const job = world.state.jobs[text(ref)];
      if (job !== undefined && !FINISHED.has(job.status)) run(job);
    });
  };
  on('job.deliver', (job) => {
    deliver(world, job);
  });
  on('job.poll', (job) => {
    poll(world, job);
  });
  on('job.give-up', (job) => {
    finishUndelivered(world, job);
  });
  world.onTask('job.reap', (ref) => {
    const job = world.state.jobs[text(ref)];
    if (job !== undefined) reap(world, job);
  });
}

function deliver(world: World, job: JobRow): void {
  const { fault } = job;
  if (fault?.kind === 'agent_refuses') {
    job.output = `Agent answered ${fault.status ?? 404}`;
    end(world, job, 'Failure');
    return;
  }
  job.status = 'Pending';
  job.jobId = world.state.jobSeq += 1;
  job.plan = planAgentWork(world, job, fault);
  world.touch(job);
  runCallback(world, job);
  schedulePoll(world, job);
}

/** The next poll tick at which there is something new to see. */
function schedulePoll(world: World, job: JobRow): void {
  if (job.plan === null) return;
  const atEnd = job.fault?.kind === 'polled_at_end';
  const change = atEnd ? job.plan.end : nextChange(job.plan, world.now());
  if (change === null) return;
  world.schedule(ceilTo(change, milliseconds(world.timings.pollTick)), 'job.poll', job.name);
}

/**
 * Press asks the agent: job, steps and the callback's effect change in one transaction (A 4.3). When
 * the callback throws, nothing has changed and every later tick tries again.
 */
function poll(world: World, job: JobRow): void {
  const before = structuredClone(job);
  try {
    takeNews(world, job);
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    Object.assign(job, before);
    const tick = milliseconds(world.timings.pollTick);
    world.schedule(ceilTo(world.now() + 1, tick), 'job.poll', job.name);
  }
}

function takeNews(world: World, job: JobRow): void {
  const { plan } = job;
  if (plan === null) return;
  const now = world.now();
  const isOver = plan.end !== null && plan.end <= now;
  job.start = plan.start <= now ? plan.start : null;
  for (const [index, step] of job.steps.entries()) {
    const planned = plan.steps[index];
    if (planned === undefined) continue;
    if (planned.status === 'Skipped' || planned.status === 'Pending') {
      if (isOver) step.status = 'Skipped';
    } else if (planned.end !== null && planned.end <= now) {
      Object.assign(step, planned);
    } else if (planned.start <= now) {
      Object.assign(step, { status: 'Running', start: planned.start, output: '' });
    }
  }
  if (isOver) {
    job.end = plan.end;
    const failed = job.steps.some((step) => step.status === 'Failure');
    end(world, job, failed ? 'Failure' : 'Success');
    return;
  }
  if (job.start !== null) job.status = 'Running';
  world.touch(job);
  runCallback(world, job);
  schedulePoll(world, job);
}

function end(world: World, job: JobRow, status: 'Success' | 'Failure' | 'Delivery Failure'): void {
  job.status = status;
  world.touch(job);
  if (status !== 'Success') notifyFailure(world, job);
  runCallback(world, job);
}

function finishUndelivered(world: World, job: JobRow): void {
  setAllSteps(job, 'Delivery Failure');
  job.output = 'Could not reach the server';
  end(world, job, 'Delivery Failure');
}

/**
 * The hourly sweep (A 4.3): delivered and unfinished becomes Failure; never delivered becomes
 * Delivery Failure, also where a refusing agent had made it a Failure before.
 */
function reap(world: World, job: JobRow): void {
  const undelivered = job.jobId === 0 && job.status !== 'Delivery Failure';
  if (undelivered) finishUndelivered(world, job);
  else if (!FINISHED.has(job.status)) {
    setAllSteps(job, 'Failure');
    end(world, job, 'Failure');
  }
}

function setAllSteps(job: JobRow, status: StepStatus): void {
  for (const step of job.steps) step.status = status;
}
