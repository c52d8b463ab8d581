import type { BranchArgs, DeployArgs, Deployment, RedoArgs } from '../../domain/bench-deploys.js';
import type { CommandKey } from '../../domain/operations.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type AppRelease,
  type Build,
  type CallOptions,
  changeBranch,
  checkAccount,
  deployAndUpdate,
  deployInformation,
  deployTracker,
  groupApps,
  redeployBuild,
} from '../../frappe-cloud/index.js';
import { afterEffect, type Located, type RemoteCommand, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { readDeploys, since } from './marks.js';
import { deployable } from './releases.js';

/** Remote effects of a bench deploy, each sent once (D 4.1). */
export function createDeployActivities(deps: ActivityDeps) {
  const { accounts } = deps;
  return {
    async switchBranch({ key, account, group, app, to }: BranchArgs): Promise<Sent> {
      return whileBeating((signal) =>
        runCommand(
          deps,
          branchCommand(accounts.get(account), key, { group, app, to }, 'at_once', { signal }),
        ),
      );
    },

    async startDeploy({ key, account, target }: DeployArgs): Promise<Sent> {
      return whileBeating((signal) =>
        runCommand(deps, deployCommand(deps, accounts.get(account), key, target, { signal })),
      );
    },

    async redoDeploy({ key, account, ...redo }: RedoArgs): Promise<Sent> {
      return whileBeating((signal) =>
        runCommand(deps, redoCommand(accounts.get(account), key, redo, { signal })),
      );
    },
  };
}

/** Takes an app from another branch; synchronous, and a repeat says so (D 1.5). */
export function branchCommand(
  account: Account,
  key: CommandKey,
  { group, app, to }: { readonly group: string; readonly app: string; readonly to: string },
  repeat: RemoteCommand['repeat'],
  options: CallOptions,
): RemoteCommand {
  const { press } = account;
  return {
    key,
    account,
    endpoint: 'press.api.bench.change_branch',
    payload: { group, app, to },
    repeat,
    // "Already on that branch" is a refusal, and what was asked for.
    commitsEarly: true,
    async locate() {
      const apps = await groupApps(press, { group }, options);
      return apps.some(({ name, branch }) => name === app && branch === to)
        ? { state: 'found', tracker: { kind: 'done' }, evidence: { output: `${app} on ${to}` } }
        : { state: 'none' };
    },
    async send() {
      await changeBranch(press, { group, app, to_branch: to }, options);
      return { kind: 'done' };
    },
  };
}

/**
 * A deploy without sites: they are updated one by one afterwards, so that the error budget is ours.
 * By `deploy_and_update` all the same: its pipeline says why a check has failed, and can be stopped,
 * which a build alone cannot (C 3.5, 3.8).
 */
export function deployCommand(
  deps: ActivityDeps,
  account: Account,
  key: CommandKey,
  target: Deployment,
  options: CallOptions,
): RemoteCommand {
  const { press } = account;
  const { group, servers, after } = target;
  const locate = () => locateDeploy(account, { group, servers, after }, options);
  return {
    key,
    account,
    endpoint: 'press.api.bench.deploy_and_update',
    payload: { group, apps: target.apps },
    repeat: 'after_horizon',
    // The start of a build commits half way (C 3.4).
    commitsEarly: true,
    locate,
    async send(): Promise<Tracker> {
      const apps = await releasesFor(account, target, options);
      const asked = { group, apps, sites: [], run_will_fail_check: true };
      const name = await deployAndUpdate(press, asked, options);
      return afterEffect(deps, async () => {
        const kind = await deployTracker(press, { name }, options);
        if (kind === 'build') return buildTracker(group, servers, name);
        // Delivered twice it makes two pipelines, of which the second fails by itself (C 3.3).
        const found = await locate();
        if (found.state === 'found') return found.tracker;
        return { kind: 'bench-deploy', group, servers, pipeline: name, build: null };
      });
    },
  };
}

/** Builds once more what has failed, or has got no bench (C 3.8). */
export function redoCommand(
  account: Account,
  key: CommandKey,
  { group, servers, build }: Pick<RedoArgs, 'group' | 'servers' | 'build'>,
  options: CallOptions,
): RemoteCommand {
  return {
    key,
    account,
    endpoint: 'press.api.bench.redeploy',
    payload: { group, build },
    repeat: 'after_horizon',
    commitsEarly: true,
    async locate() {
      const { builds } = since(await readDeploys(account, group, options), {
        build,
        pipeline: null,
      });
      return locateBuild(account, { group, servers, builds }, options);
    },
    async send() {
      const again = await redeployBuild(account.press, { group, build }, options);
      return buildTracker(group, servers, again);
    },
  };
}

/** A branch that was switched shows its newest release only now. @throws Refused */
async function releasesFor(
  { press }: Account,
  { group, apps }: Deployment,
  options: CallOptions,
): Promise<AppRelease[]> {
  const { apps: now } = await deployInformation(press, { group }, options);
  return apps.map(({ app, source, release, hash }) => {
    if (source !== null && release !== null && hash !== null) return { app, source, release, hash };
    const row = now.find((candidate) => candidate.app === app);
    const newest = row && deployable(row);
    if (!newest) throw new Refused(`${app} has no release to deploy on its new branch`);
    return { app, source: newest.source, release: newest.name, hash: newest.hash };
  });
}

/** A deploy that is newer than the mark: ours, when our user has made it. */
async function locateDeploy(
  account: Account,
  { group, servers, after }: Pick<Deployment, 'group' | 'servers' | 'after'>,
  options: CallOptions,
): Promise<Located> {
  const { pipelines, builds } = since(await readDeploys(account, group, options), after);
  const { user } = await checkAccount(account, options);
  const first = pipelines.filter(({ owner }) => owner === user).at(-1);
  if (first !== undefined) {
    const { name, status } = first;
    const tracker = { kind: 'bench-deploy', group, servers, pipeline: name, build: null } as const;
    return { state: 'found', tracker, evidence: { group, status, output: `pipeline ${name}` } };
  }
  const [foreign] = pipelines;
  if (foreign !== undefined) {
    const reason = `${foreign.owner} has begun a deploy of ${group} meanwhile (${foreign.name})`;
    return { state: 'foreign', reason };
  }
  return locateBuild(account, { group, servers, builds }, options);
}

/** The first of these builds that our user has made; one of anybody else proves nothing. */
async function locateBuild(
  account: Account,
  { group, servers, builds }: NewBuilds,
  options: CallOptions,
): Promise<Located> {
  const [newest] = builds;
  if (newest === undefined) return { state: 'none' };
  const { user } = await checkAccount(account, options);
  const build = builds.filter(({ owner }) => owner === user).at(-1)?.name;
  if (build === undefined) {
    const reason = `${newest.owner} has begun build ${newest.name} of ${group} meanwhile`;
    return { state: 'ambiguous', reason };
  }
  const tracker = buildTracker(group, servers, build);
  return { state: 'found', tracker, evidence: { group, build } };
}

interface NewBuilds {
  readonly group: string;
  readonly servers: readonly string[];
  /** The newest first. */
  readonly builds: readonly Build[];
}

function buildTracker(group: string, servers: readonly string[], build: string): Tracker {
  return { kind: 'bench-deploy', group, servers, pipeline: null, build };
}
