import { takeBuildFault } from '../faults/matching.js';
import { crash } from '../http/errors.js';
import { text } from '../json.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import { notifyFailedBuild } from '../jobs/notifications.js';
import type { GroupRow } from '../world/catalogue.js';
import type { BuildRow, CandidateRow, SiteOfDeploy } from '../world/deploys.js';
import type { World } from '../world/world.js';
import { groupFacts } from './facts.js';
import { checkDeployable } from './deployable.js';
import { queueBench } from './queue.js';
import { newestReleases } from './releases.js';
import { isUnfinished } from './status.js';
import { failOrder } from './orders.js';

/** The phases of a repeated build before it runs; a first build is Running at once (observed 5). */
const PHASES = ['Scheduled', 'Pending', 'Preparing', 'Running'] as const;

/** What a deploy takes; all is default. */
export interface DeployChoice {
  /** The release of each app; default: the newest ones. */
  releases?: Record<string, string>;
  sites?: SiteOfDeploy[];
}

/**
 * Starts a deploy of a group: a new candidate and its first build (A 3.9b).
 *
 * @throws 417 when an app has no release, or one that is not for this version
 */
export function startDeploy(
  world: World,
  group: GroupRow,
  user: string,
  { releases = newestReleases(world, group), sites = [] }: DeployChoice = {},
): BuildRow {
  if (!group.enabled) {
    throw crash('AttributeError', "'NoneType' object has no attribute 'name'");
  }
  checkDeployable(world, group, releases);
  const candidate = createCandidate(world, group, user, { releases, sites });
  const build = createBuild(world, candidate, 0);
  run(world, build);
  world.effect('build.create', group.name);
  return build;
}

export function createCandidate(
  world: World,
  group: GroupRow,
  user: string,
  { releases, sites = [] }: DeployChoice & { releases: Record<string, string> },
): CandidateRow {
  const earlier = Object.values(world.state.candidates).filter((row) => row.group === group.name);
  const number = String(earlier.length + 1).padStart(6, '0');
  const name = `${group.name.replace('bench', 'deploy')}-${number}`;
  const candidate: CandidateRow = {
    ...world.newRow(user, name),
    group: group.name,
    team: group.team,
    apps: [...group.apps],
    releases,
    sites,
  };
  world.state.candidates[name] = candidate;
  return candidate;
}

function createBuild(world: World, candidate: CandidateRow, retryCount: number): BuildRow {
  const build: BuildRow = {
    ...world.newRow(candidate.owner),
    group: candidate.group,
    team: candidate.team,
    candidate: candidate.name,
    status: 'Scheduled',
    start: null,
    end: null,
    error: '',
    retryCount,
    fault: takeBuildFault(world.state, groupFacts(world, candidate.group)),
  };
  world.state.builds[build.name] = build;
  return build;
}

function run(world: World, build: BuildRow): void {
  const { fault } = build;
  build.status = 'Running';
  build.start = world.now();
  if (fault?.kind === 'hang') {
    world.schedule(build.start + milliseconds(world.timings.buildSweep), 'build.fail', build.name);
    return;
  }
  const factor = fault?.kind === 'slow' ? fault.factor : 1;
  const length = Math.round(world.spread(world.timings.build) * factor);
  // Learnt of at a tick, like the end of any job.
  const tick = milliseconds(world.timings.pollTick);
  world.schedule(ceilTo(build.start + length, tick), 'build.end', build.name);
}

/** Ends a build as failed, on its own, by the sweep or by hand. Retries are not considered. */
export function failBuild(world: World, build: BuildRow, error: string): void {
  // Before its job exists on a build server nobody tells the order (A 3.5 item 3).
  const isNoticed = build.status === 'Running' && !isSilent(build);
  build.status = 'Failure';
  build.end = world.now();
  build.error = error;
  world.touch(build);
  notifyFailedBuild(world, build);
  if (isNoticed) failOrder(world, build.group);
}

const isSilent = ({ fault }: BuildRow): boolean =>
  fault?.kind === 'fail' && fault.unnoticed === true;

/** Registers the life of builds with the clock. */
export function installBuilds(world: World): void {
  const on = (kind: string, act: (build: BuildRow) => void): void => {
    world.onTask(kind, (ref) => {
      const build = world.state.builds[text(ref)];
      if (build !== undefined && isUnfinished(build)) act(build);
    });
  };
  on('build.phase', (build) => {
    advance(world, build);
  });
  on('build.end', (build) => {
    finish(world, build);
  });
  on('build.fail', (build) => {
    failBuild(world, build, 'Build did not finish in time');
  });
}

function advance(world: World, build: BuildRow): void {
  const next = PHASES[PHASES.findIndex((phase) => phase === build.status) + 1];
  if (next === undefined) return;
  world.touch(build);
  if (next === 'Running') {
    run(world, build);
    return;
  }
  build.status = next;
  const length = world.spread(world.timings.buildPhase);
  world.schedule(world.now() + length, 'build.phase', build.name);
}

function finish(world: World, build: BuildRow): void {
  const { fault } = build;
  if (fault?.kind !== 'fail') {
    build.status = 'Success';
    build.end = world.now();
    world.touch(build);
    queueBenches(world, build);
    return;
  }
  const error = fault.error ?? 'Build failed (simulated)';
  const delay = world.timings.buildRetries[build.retryCount];
  if (delay === undefined || build.retryCount >= (fault.retries ?? 0)) {
    failBuild(world, build, error);
    return;
  }
  build.status = 'Failure';
  build.end = world.now();
  build.error = error;
  world.touch(build);
  repeat(world, build, delay);
}

/** Every repetition is a new build of the same candidate; the order waits (A 3.5 item 4). */
function repeat(world: World, failed: BuildRow, delayMs: number): void {
  const candidate = world.state.candidates[failed.candidate];
  if (candidate === undefined) return;
  const build = createBuild(world, candidate, failed.retryCount + 1);
  world.schedule(world.now() + milliseconds(delayMs), 'build.phase', build.name);
}

function queueBenches(world: World, build: BuildRow): void {
  const servers = world.state.groups[build.group]?.servers ?? [];
  for (const server of servers) {
    queueBench(world, { ...build, server });
  }
}
