import { type Account, type Bench, getReleaseGroup, isOnServer } from '../../frappe-cloud/index.js';
import type { Evidence, Reading, Tracker } from '../../domain/trackers.js';
import {
  type Deploy,
  isMoving,
  movingStage,
  readDeploy,
  stage,
  whyNoBench,
} from '../provision/bench-progress.js';

type GroupBuild = Extract<Tracker, { kind: 'group-build' }>;

/** From the image of a group to its bench, as one progress line. */
const GROUP_STAGES = ['build image', 'queue bench', 'set up bench'] as const;

/**
 * One look at a group on its way to its first bench (C 3.4, C 3.6). What has failed is `stuck` and not
 * settled: Press tries builds again after 1, 5 and 25 minutes, and benches at once.
 */
export async function readGroupBuild(account: Account, { group }: GroupBuild): Promise<Reading> {
  const found = await getReleaseGroup(account.press, { group });
  if (found.found !== 'own' || found.group.status === 'Disabled') {
    const output = `group ${group} has been dropped meanwhile`;
    return { state: 'settled', outcome: 'failure', evidence: { group, output } };
  }
  const deploy = await readDeploy(account, group);
  const bench = deploy.benches.find(({ status }) => status === 'Active');
  if (bench !== undefined) return { state: 'settled', outcome: 'success', evidence: up(bench) };
  const step = movingIn(deploy);
  if (step !== undefined) return { state: 'moving', step, evidence: { group } };
  const stuck = whyStill(deploy);
  if (stuck === null) {
    return { state: 'moving', step: stage('queue bench', '', GROUP_STAGES), evidence: { group } };
  }
  const reason = await whyNoBench(account, group, deploy.builds);
  const output = [stuck, reason.output].filter(Boolean).join(': ');
  return { state: 'moving', stuck, evidence: { ...reason, group, output } };
}

const up = ({ group, name, status }: Bench): Evidence => ({ group, idleBench: name, status });

/** What moves of a group, if anything does. */
export const movingIn = (deploy: Deploy) => movingStage(deploy, '', GROUP_STAGES);

/** Why a group that has no bench gets none; null while the next stage is still to begin. */
export function whyStill({ builds, queue, benches }: Deploy): string | null {
  const [build, entry, bench] = [builds[0], queue[0], benches[0]];
  if (bench?.status === 'Broken') return `bench ${bench.name} is Broken`;
  if (entry?.status === 'Failure') return 'Press could not make a bench of the image';
  // Archived benches are not listed.
  if (entry?.status === 'Started' && bench === undefined) return 'its bench is gone';
  if (build?.status === 'Failure') return `build ${build.name} failed and is not tried again`;
  return build === undefined ? 'no build has begun' : null;
}

/** Whether a bench of the group works on a server. */
export async function standsOn(account: Account, group: string, server: string): Promise<boolean> {
  const { benches } = await readDeploy(account, group);
  return benches.some((bench) => bench.status === 'Active' && isOnServer(bench, server));
}

/** Whether anything of a group is still on its way, so that dropping it now would not be the end. */
export function isUnfinished(deploy: Deploy): boolean {
  if (movingIn(deploy) !== undefined || deploy.benches.some(isMoving)) return true;
  const isUp = deploy.benches.some(({ status }) => status === 'Active');
  return deploy.builds.length > 0 && !isUp && whyStill(deploy) === null;
}
