import type { BuildRow } from '../world/deploys.js';
import type { World } from '../world/world.js';
import { baseColumns, type Columns } from './doctype.js';

interface BuildStep {
  stage: string;
  stageSlug: string;
  step: string;
  stepSlug: string;
}

/** The steps of a build as its document shows them, in order. */
export function buildSteps(world: World, build: BuildRow): Columns[] {
  const steps = stepsOf(world, build);
  return steps.map(({ stage, stageSlug, step, stepSlug }, index) => ({
    ...baseColumns(world, build),
    name: `${build.name}-${index + 1}`,
    idx: index + 1,
    stage,
    stage_slug: stageSlug,
    step,
    step_slug: stepSlug,
    status: stepStatus(build, index),
    duration: 0,
    cached: 0,
    step_index: 0,
    lines: '[]',
    parent: build.name,
    parentfield: 'build_steps',
    parenttype: 'Deploy Candidate Build',
    doctype: 'Deploy Candidate Build Step',
  }));
}

function stepsOf(world: World, build: BuildRow): BuildStep[] {
  const apps = world.state.candidates[build.candidate]?.apps ?? [];
  const perApp = (stage: string, stageSlug: string): BuildStep[] =>
    apps.map((app) => ({
      stage,
      stageSlug,
      step: world.state.apps[app]?.title ?? app,
      stepSlug: app,
    }));
  return [
    ...perApp('Clone Repositories', 'clone'),
    ...perApp('Install Apps', 'apps'),
    { stage: 'Upload', stageSlug: 'upload', step: 'Docker Image', stepSlug: 'upload' },
  ];
}

/** A failed build fails in its first step; the others are left Pending. */
function stepStatus(build: BuildRow, index: number): string {
  if (build.status === 'Success') return 'Success';
  if (build.status === 'Failure' && index === 0) return 'Failure';
  return build.status === 'Running' && index === 0 ? 'Running' : 'Pending';
}
