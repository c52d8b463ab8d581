import type { Evidence, Reading, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  getGroupDeploy,
  getSite,
  type GroupDeploy,
  listBenches,
} from '../../frappe-cloud/index.js';
import {
  isMoving,
  movingStage,
  readDeploy,
  stage,
  whyNoBench,
  whyStuck,
} from './bench-progress.js';
import { readTracker } from '../trackers.js';

type OrderTracker = Extract<Tracker, { kind: 'site-order' }>;

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

/** Not final while a later build or bench moves: the order would go on with it (A 3.5). */
async function benchFailed(account: Account, deploy: GroupDeploy): Promise<Reading> {
  const evidence = evidenceOf(deploy);
  if (deploy.release_group === null) return { state: 'settled', outcome: 'failure', evidence };
  const progress = await readDeploy(account, deploy.release_group);
  const step = movingStage(progress, 'tried again');
  if (step !== undefined) return { state: 'moving', step, evidence };
  // A bench that came up between the two looks does not move any more: the order has gone on.
  const now = await getGroupDeploy(account.press, { name: deploy.name });
  if (now.found === 'own' && now.deploy.status !== deploy.status) {
    return { state: 'moving', step: stage('create site'), evidence: evidenceOf(now.deploy) };
  }
  const reason = await whyNoBench(account, deploy.release_group, progress.builds);
  return { state: 'settled', outcome: 'failure', evidence: { ...evidence, ...reason } };
}

/** Build, queue, bench: whichever is furthest tells; what cannot move any more is said. */
async function readBench(
  account: Account,
  { site }: OrderTracker,
  deploy: GroupDeploy,
): Promise<Reading> {
  const evidence = evidenceOf(deploy);
  const group = deploy.release_group;
  if (group === null) return { state: 'moving', step: stage('build image'), evidence };
  const progress = await readDeploy(account, group);
  const step = movingStage(progress);
  if (step !== undefined) {
    const moving = { state: 'moving', step, evidence } as const;
    // The callback that would make the site throws and is repeated for ever (A 3.5, observed-2 4).
    const taken = progress.benches.some(isMoving) ? await takenBy(account, site) : null;
    return taken === null
      ? moving
      : { ...moving, stuck: `${site} was taken meanwhile by ${taken}` };
  }
  const stuck = whyStuck(progress);
  if (stuck === null) return { state: 'moving', step: stage('queue bench'), evidence };
  const reason = await whyNoBench(account, group, progress.builds);
  const output = [stuck, reason.output].filter(Boolean).join(': ');
  const standing = { ...evidence, ...reason, output };
  return { state: 'moving', stuck, step: stage('set up bench'), evidence: standing };
}

/** An order without a site has none: whatever bears the name by now is somebody else's. */
async function takenBy({ press }: Account, site: string): Promise<string | null> {
  const { found } = await getSite(press, { site });
  if (found === 'none') return null;
  return found === 'own' ? 'another site of this team' : 'another team';
}
