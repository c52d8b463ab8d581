import { takePipelineFault } from '../faults/matching.js';
import { PressError, refuse } from '../http/errors.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import { notifyFailedPipeline } from '../jobs/notifications.js';
import { text } from '../json.js';
import type { GroupRow } from '../world/catalogue.js';
import type { PipelineRow, PipelineStatus, SiteOfDeploy, StageRow } from '../world/deploys.js';
import type { World } from '../world/world.js';
import { startDeploy } from './builds.js';
import type { Choice } from './choice.js';
import { checkDeploy } from './deploy-checks.js';
import { groupFacts } from './facts.js';
import { benchesEnd, buildEnd } from './pipeline-progress.js';

const LABELS = ['Pre-release checks', 'Preparing deployment', 'Building', 'Deploying'] as const;
/** When the workflow of a pipeline that could not start is tried again (observed 4). */
const RETRY_SECONDS = 600;

export const isRunning = ({ status }: PipelineRow): boolean =>
  status === 'Pending' || status === 'Running';

/** The oldest first. */
export const pipelinesOf = (world: World, group: string): PipelineRow[] =>
  Object.values(world.state.pipelines)
    .filter((row) => row.group === group)
    .sort((a, b) => a.creation - b.creation);

/** Nothing is checked before it runs: also a second one is accepted (C 3.3). */
export function startPipeline(
  world: World,
  group: GroupRow,
  user: string,
  choice: Choice & { sites: SiteOfDeploy[] },
): PipelineRow {
  const pipeline: PipelineRow = {
    ...world.newRow(user),
    group: group.name,
    team: group.team,
    status: 'Pending',
    ...choice,
    candidate: null,
    stages: [],
    start: null,
    end: null,
    fault: takePipelineFault(world.state, groupFacts(world, group.name)),
  };
  world.state.pipelines[pipeline.name] = pipeline;
  const { fault } = pipeline;
  const wait = fault?.kind === 'late' ? (fault.seconds ?? RETRY_SECONDS) * 1000 : 0;
  world.schedule(world.now() + milliseconds(wait + 1), 'pipeline.go', pipeline.name);
  world.effect('pipeline.create', group.name);
  return pipeline;
}

/** Registers the life of pipelines with the clock. */
export function installPipelines(world: World): void {
  world.onTask('pipeline.go', (ref) => {
    const pipeline = world.state.pipelines[text(ref)];
    if (pipeline !== undefined && isRunning(pipeline)) goOn(world, pipeline);
  });
}

/** Ends a pipeline by hand; its build is stopped by the caller (C 3.5). */
export function failPipeline(world: World, pipeline: PipelineRow): void {
  if (isRunning(pipeline)) end(world, pipeline, 'Failure');
}

function goOn(world: World, pipeline: PipelineRow): void {
  const stage = pipeline.stages.find(({ status }) => status === 'Running');
  world.touch(pipeline);
  if (stage === undefined) {
    begin(world, pipeline);
    return;
  }
  switch (stage.label) {
    case 'Pre-release checks':
      attempt(world, pipeline, stage, () => {
        if (pipeline.fault?.kind === 'fail_checks') {
          throw refuse(pipeline.fault.message ?? 'Pre-release check failed (simulated)');
        }
      });
      return;
    case 'Preparing deployment':
      attempt(world, pipeline, stage, () => {
        prepare(world, pipeline);
      });
      return;
    case 'Building':
      watch(world, pipeline, stage, buildEnd(world, pipeline));
      return;
    default:
      watch(world, pipeline, stage, benchesEnd(world, pipeline));
  }
}

function begin(world: World, pipeline: PipelineRow): void {
  pipeline.status = 'Running';
  pipeline.start = world.now();
  pipeline.stages = LABELS.map((label) => ({
    name: world.hash(),
    label,
    status: 'Pending',
    start: null,
    end: null,
  }));
  next(world, pipeline);
}

/** The next stage runs; the first two take their time, the others are looked at every tick. */
function next(world: World, pipeline: PipelineRow): void {
  const index = pipeline.stages.findIndex(({ status }) => status === 'Pending');
  const stage = pipeline.stages[index];
  if (stage === undefined) return;
  Object.assign(stage, { status: 'Running', start: world.now() });
  if (index < LABELS.indexOf('Building')) {
    const length = milliseconds(world.timings.pipelineStage);
    world.schedule(world.now() + length, 'pipeline.go', pipeline.name);
  } else lookAgain(world, pipeline);
}

function lookAgain(world: World, pipeline: PipelineRow): void {
  const tick = milliseconds(world.timings.pollTick);
  world.schedule(ceilTo(world.now() + 1, tick), 'pipeline.go', pipeline.name);
}

function attempt(world: World, pipeline: PipelineRow, stage: StageRow, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    notifyFailedPipeline(world, pipeline, error.message);
    endStage(world, stage, 'Failure');
    end(world, pipeline, 'Failure');
    return;
  }
  endStage(world, stage, 'Success');
  next(world, pipeline);
}

function prepare(world: World, pipeline: PipelineRow): void {
  const group = world.state.groups[pipeline.group];
  if (group === undefined) return;
  checkDeploy(world, group, pipeline, pipeline.sites);
  pipeline.candidate = startDeploy(world, group, pipeline.owner, pipeline).candidate;
}

/** @param found how the stage has ended; null while it goes on. */
function watch(
  world: World,
  pipeline: PipelineRow,
  stage: StageRow,
  found: Exclude<PipelineStatus, 'Pending' | 'Running'> | null,
): void {
  if (found === null) {
    lookAgain(world, pipeline);
  } else if (found === 'Failure') {
    endStage(world, stage, 'Failure');
    end(world, pipeline, 'Failure');
  } else if (stage.label === 'Building') {
    endStage(world, stage, 'Success');
    next(world, pipeline);
  } else {
    // The last stage is left at Running (client-get-release-pipeline).
    end(world, pipeline, found);
  }
}

function endStage(world: World, stage: StageRow, status: 'Success' | 'Failure'): void {
  Object.assign(stage, { status, end: world.now() });
}

function end(world: World, pipeline: PipelineRow, status: PipelineStatus): void {
  pipeline.status = status;
  pipeline.end = world.now();
  for (const stage of pipeline.stages) if (stage.status === 'Pending') stage.status = 'Skipped';
  world.touch(pipeline);
}
