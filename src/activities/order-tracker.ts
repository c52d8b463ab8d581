import type { Evidence, Reading, Tracker } from '../domain/trackers.js';
import {
  type Account,
  type Build,
  failureReason,
  getGroupDeploy,
  getSite,
  type GroupDeploy,
  listBenches,
  listBenchQueue,
  listBuilds,
  listGroupJobs,
} from '../frappe-cloud/index.js';
import { readTracker } from './trackers.js';

type OrderTracker = Extract<Tracker, { kind: 'site-order' }>;

/** The stages of a private order, as one progress line. */
const STAGES = ['build image', 'queue bench', 'set up bench', 'create site'] as const;

const BUILD_MOVES = ['Draft', 'Scheduled', 'Pending', 'Preparing', 'Running'];
const BENCH_MOVES = ['Pending', 'Installing', 'Updating'];

/**
 * One look at a private order: Press's own status decides when it is at rest, and group, builds,
 * queue and benches tell how far it is, or that it will never move again (A 3.5, 3.6).
 */
export async function readOrder(account: Account, tracker: OrderTracker): Promise<Reading> {
  const { press } = account;
  const found = await getGroupDeploy(press, { name: tracker.order });
  if (found.found !== 'own') {
    const output = `the order ${tracker.order} cannot be read any more (${found.found})`;
    return { state: 'settled', outcome: 'failure', evidence: { status: 'gone', output } };
  }
  const { deploy } = found;
  switch (deploy.status) {
    case 'Site Created':
      // Only one of the two jobs of a site has been looked at by then (A 3.5).
      return readTracker(account, { kind: 'site-creation', site: tracker.site, job: null });
    case 'Creating Site':
      return readBeingCreated(account, tracker, deploy);
    case 'Site Creation Failed':
      return siteFailed(account, tracker, deploy);
    case 'Bench Deploy Failed':
      return benchFailed(account, deploy);
    case 'Pending':
    case 'Deploying Bench':
    case 'Bench Deployed':
      return readBench(account, tracker, deploy);
  }
}

function evidenceOf({ name, status, release_group }: GroupDeploy): Evidence {
  return { order: name, status, ...(release_group && { group: release_group }) };
}

function stage(
  name: (typeof STAGES)[number],
  note = '',
): { index: number; of: number; name: string } {
  const suffix = note === '' ? '' : ` (${note})`;
  return { index: STAGES.indexOf(name) + 1, of: STAGES.length, name: `${name}${suffix}` };
}

/** Press leaves "Creating Site" for ever when the job could not be delivered (A 3.5). */
async function readBeingCreated(
  account: Account,
  tracker: OrderTracker,
  deploy: GroupDeploy,
): Promise<Reading> {
  const site = await readTracker(account, { kind: 'site-creation', site: tracker.site, job: null });
  if (site.state === 'settled' && site.outcome !== 'success') {
    return { ...site, evidence: { ...evidenceOf(deploy), ...site.evidence } };
  }
  return { state: 'moving', step: stage('create site'), evidence: evidenceOf(deploy) };
}

/** Without a site no reason is stored; an Active bench is then left idle (A 3.5, A 3.7). */
async function siteFailed(
  account: Account,
  tracker: OrderTracker,
  deploy: GroupDeploy,
): Promise<Reading> {
  const evidence = evidenceOf(deploy);
  if (deploy.site !== null) {
    const site = await readTracker(account, {
      kind: 'site-creation',
      site: tracker.site,
      job: null,
    });
    if (site.state === 'settled' && site.outcome !== 'success') {
      return { ...site, evidence: { ...evidence, ...site.evidence } };
    }
    return { state: 'settled', outcome: 'failure', evidence };
  }
  const benches = deploy.release_group
    ? await listBenches(account.press, { group: deploy.release_group })
    : [];
  const idle = benches.find(({ status }) => status === 'Active')?.name;
  const output = 'Press could not create the site on the new bench, and stores no reason';
  return {
    state: 'settled',
    outcome: 'failure',
    evidence: { ...evidence, output, ...(idle && { idleBench: idle }) },
  };
}

/** Not final while a later build moves: the order would go on with it (A 3.5). */
async function benchFailed(account: Account, deploy: GroupDeploy): Promise<Reading> {
  const evidence = evidenceOf(deploy);
  if (deploy.release_group === null) return { state: 'settled', outcome: 'failure', evidence };
  const builds = await listBuilds(account.press, { group: deploy.release_group });
  if (builds.some(({ status }) => BUILD_MOVES.includes(status))) {
    return { state: 'moving', step: stage('build image', 'tried again'), evidence };
  }
  const reason = await whyNoBench(account, deploy.release_group, builds);
  return { state: 'settled', outcome: 'failure', evidence: { ...evidence, ...reason } };
}

/** Build, queue, bench: whichever is furthest tells; what cannot move any more is said. */
async function readBench(
  account: Account,
  tracker: OrderTracker,
  deploy: GroupDeploy,
): Promise<Reading> {
  const evidence = evidenceOf(deploy);
  const { press } = account;
  const group = deploy.release_group;
  if (group === null) return { state: 'moving', step: stage('build image'), evidence };
  const [builds, queue, benches] = await Promise.all([
    listBuilds(press, { group }),
    listBenchQueue(press, { group }),
    listBenches(press, { group }),
  ]);
  const [build, entry, bench] = [builds[0], queue[0], benches[0]];
  if (bench && BENCH_MOVES.includes(bench.status)) {
    const moving = { state: 'moving', step: stage('set up bench'), evidence } as const;
    // The callback that would make the site throws and is repeated for ever (A 3.5, observed-2 4).
    const taken = (await getSite(press, { site: tracker.site })).found === 'foreign';
    return taken
      ? { ...moving, stuck: `${tracker.site} was taken by another team meanwhile` }
      : moving;
  }
  if (build && BUILD_MOVES.includes(build.status)) {
    const note = builds.length > 1 ? `try ${builds.length}` : '';
    return { state: 'moving', step: stage('build image', note), evidence };
  }
  const stuck = ((): string | null => {
    if (bench?.status === 'Broken') return `bench ${bench.name} is Broken`;
    if (bench?.status === 'Active')
      return `bench ${bench.name} is Active, but the order stands still`;
    if (entry?.status === 'Failure') return 'Press could not make a bench of the image';
    if (build?.status === 'Failure') return `build ${build.name} failed and is not tried again`;
    return null;
  })();
  if (stuck === null) return { state: 'moving', step: stage('queue bench'), evidence };
  const reason = await whyNoBench(account, group, builds);
  const output = [stuck, reason.output].filter(Boolean).join(': ');
  return {
    state: 'moving',
    stuck,
    step: stage('set up bench'),
    evidence: { ...evidence, ...reason, output },
  };
}

/** Why there is no bench, for a person: the build's own words, else the `New Bench` job's. */
async function whyNoBench(
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
