import type { PlanArgs } from '../../domain/activity-types.js';
import type { DeployTarget } from '../../domain/bench-deploys.js';
import type { DeployBenchInput } from '../../domain/inputs.js';
import type { Check, Plan, PlanStep } from '../../domain/plan.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, type Draft, inputOf } from '../planning.js';
import { changesOf } from './changes.js';
import { deployChecks } from './deploy-checks.js';
import { type DeployReading, readForDeploy } from './deploy-reading.js';
import { markOf } from './marks.js';
import { choosePassengers } from './passengers.js';
import { serverOf, shortName } from './servers.js';

/**
 * Preflight of a bench deploy: read-only. Resolves which commits are deployed and which sites are
 * updated, so that what was approved is what is done.
 */
export function createPlanDeployActivities(deps: ActivityDeps) {
  return {
    async planDeployBench(args: PlanArgs<DeployBenchInput>): Promise<Plan<DeployTarget>> {
      return whileBeating(() => plan(deps, args));
    },
  };
}

async function plan(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<DeployBenchInput>,
): Promise<Plan<DeployTarget>> {
  const input = inputOf('deploy-bench', given);
  const account = deps.accounts.get(input.account);
  const reading = await readForDeploy(account, input.group);
  if (typeof reading === 'string') {
    return announcePlan(deps, { ref, underLock }, refusedDraft(input, reading));
  }
  const commands = await deps.ledger.commandsOf(ref.operationId);
  const isOurs = commands.some(
    ({ step, state }) => step === 'deploy' && (state === 'sent' || state === 'settled'),
  );
  const changes = changesOf(input, reading);
  const passengers = await choosePassengers(account, input, reading);
  const target: DeployTarget = {
    group: input.group,
    title: reading.group.title,
    branches: changes.branches,
    apps: changes.apps,
    servers: serversOf(reading),
    after: markOf(reading.deploys),
    sites: passengers.sites,
    skipFailingPatches: input.skipFailingPatches ?? false,
    errorBudget: input.errorBudget ?? deps.policy.benchDeploy.errorBudget,
  };
  const checks = [
    ...deployChecks(account, reading, { isOurs }),
    ...(isOurs ? [] : changes.checks),
    ...passengers.checks,
  ];
  return announcePlan(deps, { ref, underLock }, draftOf(input, target, checks, changes.summary));
}

/** Benches are named by their servers; those of the sites are known for sure. */
function serversOf({ benches, information }: DeployReading): readonly string[] {
  const ofSites = information.sites.map(({ server }) => shortName(server));
  const active = benches.filter(({ status }) => status === 'Active');
  return [...new Set(active.map((bench) => serverOf(bench, ofSites)))].sort();
}

const BUILD_SECONDS = 30 * 60;
const SITE_SECONDS = 10 * 60;
/** As many are updated side by side (workflows/update-sites.ts). */
const AT_ONCE = 5;

function draftOf(
  input: DeployBenchInput,
  target: DeployTarget,
  checks: readonly Check[],
  changes: string,
): Draft<DeployTarget> {
  const { sites, branches } = target;
  const follow = sites.length === 0 ? 'no site is updated' : `${sites.length} sites are updated`;
  return {
    site: target.group,
    summary: [target.title, changes, follow].join(' · '),
    target,
    steps: stepsOf(target),
    pointOfNoReturn: 'the new bench stands',
    mayLose: [],
    checks,
    facts: {
      requestedBy: input.requestedBy,
      apps: [...new Set([...target.apps, ...branches].map(({ app }) => app))],
      sites: sites.length,
      skipsFailingPatches: target.skipFailingPatches,
    },
    // Each site is locked by its own update, when its turn has come.
    resources: [`group:${target.group}`],
    estimateSeconds: BUILD_SECONDS + Math.ceil(sites.length / AT_ONCE) * SITE_SECONDS,
  };
}

function stepsOf({ branches, sites }: DeployTarget): readonly PlanStep[] {
  return [
    ...branches.map(({ app, from }) => ({ name: `branch ${app}`, undo: `back to ${from}` })),
    { name: 'deploy', undo: 'stop it, archive benches that came up' },
    { name: 'verify' },
    ...(sites.length > 0 ? [{ name: 'update sites', undo: 'each goes back by itself' }] : []),
  ];
}

/** A group that nothing can be said about. */
function refusedDraft(input: DeployBenchInput, reason: string): Draft<DeployTarget> {
  const target: DeployTarget = {
    group: input.group,
    title: input.group,
    branches: [],
    apps: [],
    servers: [],
    after: { build: null, pipeline: null },
    sites: [],
    skipFailingPatches: false,
    errorBudget: 0,
  };
  return draftOf(input, target, [{ name: 'group', result: 'fail', detail: reason }], 'nothing');
}
