import { benchesOfPipeline, buildsOfPipeline } from '../benches/pipeline-progress.js';
import { isRunning, pipelinesOf } from '../benches/pipelines.js';
import { isUnfinished } from '../benches/status.js';
import type { Json } from '../types.js';
import type { BenchRow, GroupRow } from '../world/catalogue.js';
import type { PipelineRow, StageRow } from '../world/deploys.js';
import type { Micros } from '../world/model.js';
import { MICROS_PER_SECOND } from '../world/time.js';
import type { World } from '../world/world.js';
import type { Columns } from './doctype.js';

/** What a stage is called that has not begun (client-get-release-pipeline-failure). */
const UNSTARTED: Readonly<Record<string, string>> = {
  Building: 'orchestrate_build_monitoring',
  Deploying: 'monitor_bench_creation',
};

/** `deploy_status`: it knows pipelines only, and of them the newest that runs (observed, seq-deploy-*). */
export function deployStatus(world: World, group: GroupRow): Columns {
  const pipeline = pipelinesOf(world, group.name).findLast(isRunning);
  const build = pipeline && buildsOfPipeline(world, pipeline).at(-1);
  const isBuilding = build !== undefined && isUnfinished(build);
  return {
    is_validating: pipeline !== undefined && build === undefined,
    is_deploy_in_progress: isBuilding,
    candidate: isBuilding ? build.name : null,
  };
}

/** The `steps` of a Release Pipeline (C 3.5). */
export function pipelineSteps(world: World, pipeline: PipelineRow): Columns {
  return {
    doctype: 'Release Pipeline',
    name: pipeline.name,
    status: pipeline.status,
    start: isoLocal(world, pipeline.start),
    end: isoLocal(world, pipeline.end),
    duration: seconds(pipeline),
    stages: pipeline.stages.map((stage) => stageView(world, pipeline, stage)),
  };
}

function stageView(world: World, pipeline: PipelineRow, stage: StageRow): Columns {
  return {
    name: (stage.start === null ? UNSTARTED[stage.label] : undefined) ?? stage.name,
    start: isoLocal(world, stage.start),
    end: isoLocal(world, stage.end),
    duration: stage.start === null ? 0 : seconds(stage),
    label: stage.label,
    status: stage.status,
    ...(stage.label === 'Building' ? { builds: buildViews(world, pipeline) } : {}),
    ...(stage.label === 'Deploying' ? { benches: benchViews(world, pipeline) } : {}),
  };
}

const buildViews = (world: World, pipeline: PipelineRow): Json[] =>
  buildsOfPipeline(world, pipeline).map(({ name, status }) => ({
    doctype: 'Deploy Candidate Build',
    name,
    status,
    architecture: 'x86_64',
  }));

const benchViews = (world: World, pipeline: PipelineRow): Json[] =>
  benchesOfPipeline(world, pipeline).map((bench) => ({
    doctype: 'Bench',
    name: bench.name,
    status: bench.status,
    server: bench.server,
    jobs: jobViews(world, bench),
  }));

const jobViews = (world: World, bench: BenchRow): Json[] =>
  Object.values(world.state.jobs)
    .filter((job) => job.bench === bench.name && job.jobType === 'New Bench')
    .map(({ name, jobType, status, creation }) => ({
      doctype: 'Agent Job',
      name,
      job_type: jobType,
      status,
      creation: Math.floor(creation / MICROS_PER_SECOND),
    }));

const isoLocal = (world: World, time: Micros | null): string | null =>
  world.local(time)?.replace(' ', 'T') ?? null;

const seconds = ({ start, end }: Pick<StageRow, 'start' | 'end'>): number | null =>
  start === null || end === null ? null : Math.floor((end - start) / MICROS_PER_SECOND);
