import type { DeployTracker } from '../../domain/bench-deploys.js';
import type { Evidence, Reading } from '../../domain/trackers.js';
import {
  type Account,
  getBuild,
  getReleasePipeline,
  type ReleasePipeline,
} from '../../frappe-cloud/index.js';
import { OutcomeUnknown } from '../errors.js';
import {
  type Deploy,
  deployOfCandidate,
  DEPLOY_STAGES,
  movingStage,
  readDeploy,
  stage,
} from '../provision/bench-progress.js';
import { serverOf } from './servers.js';
import { whyDeployFailed } from './why-failed.js';

/**
 * After this a pipeline that has not begun will hardly begin: Press tries again after ten minutes
 * (observed 4).
 */
const BEGINS_WITHIN_MS = 30 * 60_000;

/**
 * One look at a deploy: the pipeline's word counts when it rests; builds, queue and benches tell how
 * far it is, or that it will never move again (C 3.4–3.6).
 *
 * @throws OutcomeUnknown when it cannot be read any more
 */
export async function readBenchDeploy(account: Account, tracker: DeployTracker): Promise<Reading> {
  const { group } = tracker;
  const pipeline = await pipelineOf(account, tracker);
  const progress = await readDeploy(account, group);
  const candidate = await candidateOf(account, tracker, pipeline, progress);
  if (candidate === null) return readUnbuilt(account, tracker, pipeline);
  return readBuilt(account, tracker, pipeline, deployOfCandidate(progress, candidate));
}

/** Its pipeline; null where Press works without. @throws OutcomeUnknown */
export async function pipelineOf(
  { press }: Account,
  { pipeline, group }: DeployTracker,
): Promise<ReleasePipeline | null> {
  if (pipeline === null) return null;
  const found = await getReleasePipeline(press, { pipeline });
  if (found.found === 'own') return found.pipeline;
  throw new OutcomeUnknown(`pipeline ${pipeline} of ${group} cannot be read (${found.found})`);
}

/** The snapshot that is built; null before a pipeline has made one. */
export async function candidateOf(
  { press }: Account,
  { build: known, group }: DeployTracker,
  pipeline: ReleasePipeline | null,
  { builds }: Deploy,
): Promise<string | null> {
  const name = known ?? buildOf(pipeline);
  if (name === null) return null;
  const listed = builds.find((build) => build.name === name);
  if (listed !== undefined) return listed.deploy_candidate;
  const found = await getBuild(press, { build: name });
  if (found.found === 'own') return found.build.deploy_candidate;
  throw new OutcomeUnknown(`build ${name} of ${group} cannot be read (${found.found})`);
}

const buildOf = (pipeline: ReleasePipeline | null): string | null =>
  pipeline?.steps.stages.flatMap(({ builds }) => builds ?? [])[0]?.name ?? null;

/** Before the image: the checks, which come after the answer (observed 4). */
async function readUnbuilt(
  account: Account,
  { group }: DeployTracker,
  pipeline: ReleasePipeline | null,
): Promise<Reading> {
  const evidence: Evidence = {
    group,
    step: 'check',
    ...(pipeline && { status: pipeline.status }),
  };
  if (pipeline?.status === 'Failure') {
    const reason = await whyDeployFailed(account, { pipeline: pipeline.name });
    return {
      state: 'settled',
      outcome: 'failure',
      evidence: { ...evidence, ...reason },
    };
  }
  const note = pipeline?.status === 'Pending' ? 'not begun' : '';
  const step = stage('check', note, DEPLOY_STAGES);
  const moving = { state: 'moving', step, evidence } as const;
  return isLate(account, pipeline)
    ? { ...moving, stuck: `pipeline ${pipeline?.name} of ${group} does not begin` }
    : moving;
}

function isLate({ clock }: Account, pipeline: ReleasePipeline | null): boolean {
  if (pipeline?.status !== 'Pending' || !clock.calibrated) return false;
  return clock.now() - clock.parse(pipeline.creation) > BEGINS_WITHIN_MS;
}

async function readBuilt(
  account: Account,
  { group, servers }: DeployTracker,
  pipeline: ReleasePipeline | null,
  deploy: Deploy,
): Promise<Reading> {
  const [newest] = deploy.builds;
  const up = deploy.benches.filter(({ status }) => status === 'Active');
  const on = [...new Set(up.map((bench) => serverOf(bench, servers)))].sort();
  const status = pipeline?.status ?? newest?.status;
  const evidence: Evidence = {
    group,
    ...(status && { status }),
    ...(newest && { build: newest.name }),
    ...(on.length > 0 && { benchesOn: on.join(', ') }),
  };
  const isUp = on.length > 0 && servers.every((server) => on.includes(server));
  if (pipeline === null ? isUp : pipeline.status === 'Success') {
    return { state: 'settled', outcome: 'success', evidence };
  }
  const step = movingStage(deploy, '', DEPLOY_STAGES);
  if (step !== undefined) return { state: 'moving', step, evidence };

  const missing = servers.filter((server) => !on.includes(server));
  const why = await whyDeployFailed(account, { group, deploy, missing });
  const standing = { ...evidence, ...why };
  if (pipeline?.status === 'Failure' || pipeline?.status === 'Partial Success') {
    return { state: 'settled', outcome: 'failure', evidence: standing };
  }
  const stuck = why.output ?? `the deploy of ${group} stands still`;
  const at = stage(newest?.status === 'Success' ? 'queue bench' : 'build image', '', DEPLOY_STAGES);
  return { state: 'moving', stuck, step: at, evidence: standing };
}
