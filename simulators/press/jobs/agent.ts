import type { JobFault } from '../fault-types.js';
import { MICROS_PER_MS } from '../world/time.js';
import type { AgentPlan, JobRow, Micros, StepStatus } from '../world/model.js';
import type { World } from '../world/world.js';
import { ALWAYS_SKIPPED, DOWNLOAD_STEP } from './job-types.js';

type PlannedStep = AgentPlan['steps'][number];

/** Decides, when a job is delivered, what the server agent will do and when. */
export function planAgentWork(world: World, job: JobRow, fault: JobFault | null): AgentPlan {
  const slow = fault?.kind === 'slow' ? fault.factor : 1;
  const failing =
    fault?.kind === 'fail_step' && !isPassedOver(job, fault) ? stepIndex(job, fault.step) : -1;
  const hanging = fault?.kind === 'hang' ? stepIndex(job, fault.step ?? 0) : -1;
  const start = world.now() + Math.round(world.spread(world.timings.queue) * slow);
  const steps: PlannedStep[] = [];
  let at: Micros | null = start;
  let over = false;
  for (const [index, { stepName }] of job.steps.entries()) {
    if (at === null || over || isLeftOut(job, stepName)) {
      steps.push(skipped(at ?? start, at === null ? 'Pending' : 'Skipped'));
      continue;
    }
    const length = Math.round(world.spread(stepLength(world, stepName)) * slow);
    const begin: Micros = at;
    const end: Micros | null = index === hanging ? null : begin + length;
    const fails = index === failing || areLinksOver(job, stepName, begin);
    const status: StepStatus = fails ? 'Failure' : 'Success';
    const output = status === 'Failure' ? failureOutput(fault, stepName) : `${stepName}: done`;
    steps.push({ start: begin, end, status, output });
    over = status === 'Failure';
    at = end;
  }
  return { start, steps, end: at };
}

/** The next moment after `now` at which the agent's picture of the job changes. */
export function nextChange(plan: AgentPlan, now: Micros): Micros | null {
  const moments = [plan.start, plan.end, ...plan.steps.map((step) => step.end)];
  const later = moments.filter((moment) => moment !== null && moment > now);
  return later.length === 0 ? null : Math.min(...(later as Micros[]));
}

/** Whether a step of this job is left out whatever happens: `data.leftOut` names such steps. */
function isLeftOut(job: JobRow, stepName: string): boolean {
  const { leftOut } = job.data;
  return ALWAYS_SKIPPED.has(stepName) || (Array.isArray(leftOut) && leftOut.includes(stepName));
}

/** A patch that fails is no failure where failing patches are skipped. */
function isPassedOver({ data }: JobRow, { patch }: Extract<JobFault, { kind: 'fail_step' }>) {
  return patch === true && data.skipFailingPatches === true;
}

/** Links to files are good for an hour from the call, however long the job waits (B 2.4). */
function areLinksOver(job: JobRow, stepName: string, begin: Micros): boolean {
  const { linksUntil } = job.data;
  return stepName === DOWNLOAD_STEP && typeof linksUntil === 'number' && begin > linksUntil;
}

function stepIndex(job: JobRow, step: string | number): number {
  return typeof step === 'number' ? step : job.steps.findIndex((row) => row.stepName === step);
}

function stepLength(world: World, stepName: string): number {
  return world.timings.steps[stepName] ?? world.timings.step;
}

function failureOutput(fault: JobFault | null, stepName: string): string {
  const scripted = fault?.kind === 'fail_step' ? fault.output : undefined;
  return scripted ?? `${stepName}: failed (simulated)`;
}

const skipped = (at: Micros, status: StepStatus): PlannedStep => ({
  start: at,
  end: at,
  status,
  output: null,
});

export const milliseconds = (ms: number): Micros => Math.round(ms * MICROS_PER_MS);

/** The first multiple of `unit` that is not before `time`. */
export const ceilTo = (time: Micros, unit: Micros): Micros => Math.ceil(time / unit) * unit;
