import type { Evidence, Reading } from '../../domain/trackers.js';
import {
  type Account,
  type Bench,
  type BenchQueueEntry,
  type Build,
  failureReason,
  listBenches,
  listBenchQueue,
  listBuilds,
  listGroupJobs,
} from '../../frappe-cloud/index.js';

type Step = Extract<Reading, { state: 'moving' }>['step'];

/** The stages of a private order, as one progress line. */
const ORDER_STAGES = ['build image', 'queue bench', 'set up bench', 'create site'] as const;
/** Those of a deploy of a group. */
export const DEPLOY_STAGES = ['check', 'build image', 'queue bench', 'set up bench'] as const;

type Stage = (typeof ORDER_STAGES)[number] | (typeof DEPLOY_STAGES)[number];

const BUILD_MOVES = ['Draft', 'Scheduled', 'Pending', 'Preparing', 'Running'];
const BENCH_MOVES = ['Pending', 'Installing', 'Updating'];

/** One progress line for the whole way. */
export function stage(
  name: Stage,
  note = '',
  stages: readonly Stage[] = ORDER_STAGES,
): NonNullable<Step> {
  const suffix = note === '' ? '' : ` (${note})`;
  return { index: stages.indexOf(name) + 1, of: stages.length, name: `${name}${suffix}` };
}

/** How far the bench of an order is. All lists the newest first. */
export interface Deploy {
  readonly builds: readonly Build[];
  readonly queue: readonly BenchQueueEntry[];
  readonly benches: readonly Bench[];
}

/** Whether a bench is on its way up, or down (A 3.9b). */
export const isMoving = ({ status }: Bench): boolean => BENCH_MOVES.includes(status);

/** Whether an image is being built, or will be. */
export const isBuilding = ({ status }: Pick<Build, 'status'>): boolean =>
  BUILD_MOVES.includes(status);

/**
 * Reads the way from image to bench. Benches twice: one that Press sets up anew leaves their list,
 * waits in the queue and comes back, so that a single look could miss it in both (A 3.5 item 4).
 */
export async function readDeploy({ press }: Account, group: string): Promise<Deploy> {
  const before = await listBenches(press, { group });
  const [builds, queue] = await Promise.all([
    listBuilds(press, { group }),
    listBenchQueue(press, { group }),
  ]);
  const benches = before.some(isMoving) ? before : await listBenches(press, { group });
  return { builds, queue, benches };
}

/**
 * What of it belongs to one candidate, by which Press names its benches (A 3.9b). The queue does not
 * tell whose its entries are.
 */
export function deployOfCandidate(deploy: Deploy, candidate: string): Deploy {
  const prefix = `${candidate.replace(/^deploy/, 'bench')}-`;
  return {
    ...deploy,
    builds: deploy.builds.filter(({ deploy_candidate }) => deploy_candidate === candidate),
    benches: deploy.benches.filter(({ name }) => name.startsWith(prefix)),
  };
}

/** What still moves of it, if anything does. */
export function movingStage(
  { builds, queue, benches }: Deploy,
  note = '',
  stages: readonly Stage[] = ORDER_STAGES,
): Step {
  if (benches.some(isMoving)) return stage('set up bench', note, stages);
  if (builds[0] && isBuilding(builds[0])) {
    return stage('build image', builds.length > 1 ? `try ${builds.length}` : note, stages);
  }
  return queue[0]?.status === 'Queued' ? stage('queue bench', note, stages) : undefined;
}

/** What never ends by itself (A 3.5 item 3). */
export function whyStuck({ builds, queue, benches }: Deploy): string | null {
  const [build, entry, bench] = [builds[0], queue[0], benches[0]];
  if (bench?.status === 'Broken') return `bench ${bench.name} is Broken`;
  if (bench?.status === 'Active') {
    return `bench ${bench.name} is Active, but the order stands still`;
  }
  if (entry?.status === 'Failure') return 'Press could not make a bench of the image';
  // Archived benches are not listed.
  if (entry?.status === 'Started') return 'the bench of the order is gone';
  if (build?.status === 'Failure') return `build ${build.name} failed and is not tried again`;
  return null;
}

/** Why there is no bench, for a person: the build's own words, else the `New Bench` job's. */
export async function whyNoBench(
  account: Account,
  group: string,
  builds: readonly Build[],
): Promise<Evidence> {
  const [build] = builds;
  if (build?.status === 'Failure') {
    return { step: 'build image', ...(build.build_error && { output: build.build_error }) };
  }
  const [job] = await listGroupJobs(account.press, { group, job_types: ['New Bench'] });
  if (job === undefined) return {};
  const reason = await failureReason(account.press, { job: job.name, group });
  return {
    job: job.name,
    ...(reason?.step && { step: reason.step }),
    ...(reason && { output: reason.text }),
  };
}
