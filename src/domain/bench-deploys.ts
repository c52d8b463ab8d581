/** Deploying a bench group: what its plans are about, and what its activities are told (C 3). */
import type { CommandArgs } from './activity-types.js';
import { isSuccess, type OperationResult } from './operations.js';
import type { Evidence, Tracker } from './trackers.js';

/** Steps of a deploy in which there is no image yet. */
const BEFORE_IMAGE = ['check', 'build image'];

/** Whether a deploy that has failed has left nothing behind: it came to no image. */
export const cameToNothing = ({ step }: Evidence): boolean => BEFORE_IMAGE.includes(step ?? '');

/** An app that is taken from another branch from now on. */
export interface BranchSwitch {
  readonly app: string;
  readonly from: string;
  readonly to: string;
  /** App Source of the branch before, to see that it is back. */
  readonly source: string;
}

/** What an app is deployed with. */
export interface AppDeploy {
  readonly app: string;
  /** App Source, App Release and its commit; null where a branch is switched first: the newest one. */
  readonly source: string | null;
  readonly release: string | null;
  readonly hash: string | null;
}

/** Everything about a deploy, resolved: what was approved is what is deployed. */
export interface DeployTarget {
  readonly group: string;
  readonly title: string;
  readonly branches: readonly BranchSwitch[];
  readonly apps: readonly AppDeploy[];
  /** Short names of the servers that have a bench of the group, and get the new one. */
  readonly servers: readonly string[];
  /** The newest build and pipeline before this deploy: what is newer may be ours. */
  readonly after: DeployMark;
  /** Full names of the sites to update afterwards, in this order. */
  readonly sites: readonly string[];
  readonly skipFailingPatches: boolean;
  /** Stop updating sites after this many have failed. */
  readonly errorBudget: number;
}

/** A deploy without the list of its sites, which is long: for all that is done before they follow. */
export type Deployment = Omit<DeployTarget, 'sites'>;

/** A moment in the life of a group, by what was newest then; null: there was none. */
export interface DeployMark {
  readonly build: string | null;
  readonly pipeline: string | null;
}

export type DeployTracker = Extract<Tracker, { kind: 'bench-deploy' }>;

export interface BranchArgs extends CommandArgs {
  readonly group: string;
  readonly app: string;
  readonly to: string;
}

export interface DeployArgs extends CommandArgs {
  readonly target: Deployment;
}

export interface RedoArgs extends CommandArgs {
  readonly group: string;
  readonly servers: readonly string[];
  /** The build that is done once more: the newest one. */
  readonly build: string;
}

export interface VerifyDeployArgs {
  readonly account: string;
  readonly target: Deployment;
  readonly build: string;
  /** Sites follow: Press must have noticed the new bench. */
  readonly sitesFollow: boolean;
  /** Epoch ms after which the answer is given as it is. */
  readonly deadline: number;
}

/** Where sites stand beside a deploy. */
export interface StandsArgs {
  readonly account: string;
  readonly group: string;
  readonly build: string;
  readonly sites: readonly string[];
}

export interface Stands {
  /** On a bench of the deploy, and sound. */
  readonly updated: readonly string[];
  /** On a server where the deploy has a bench, which they could come to. */
  readonly behind: readonly string[];
  /** Whatever they are on, something is being done to them. */
  readonly moving: readonly string[];
  /** The rest, by site: why it cannot be updated. */
  readonly impossible: Readonly<Record<string, string>>;
}

/** Some sites of a deploy, updated side by side. */
export interface SiteBatch {
  readonly account: string;
  readonly requestedBy: string;
  readonly group: string;
  /** The operation that deploys; its approval covers the updates. */
  readonly deploy: string;
  readonly build: string;
  readonly skipFailingPatches: boolean;
  readonly sites: readonly string[];
  /** Number of the first of the sites in the whole deploy: names their operations. */
  readonly from: number;
  /** How many may fail before no more are begun. */
  readonly mayFail: number;
}

/** A site that was not updated. */
export interface NotUpdated {
  readonly site: string;
  /** `fatal`: it may be broken, and a person is asked by its own operation. */
  readonly how: 'failed' | 'fatal' | 'impossible';
  readonly reason: string;
  /** The site's own operation; null when there was none. */
  readonly operationId: string | null;
}

export interface BatchReport {
  readonly updated: readonly string[];
  readonly notUpdated: readonly NotUpdated[];
  /** In the order of the batch. */
  readonly notStarted: readonly string[];
  /** A person said not to begin more. */
  readonly stopped: boolean;
}

/** How operations of a batch stand, by the ledger. */
export interface UpdateState {
  readonly operationId: string;
  readonly state: 'open' | 'needs_human' | 'ended';
  /** Whether the site is updated, once it has ended. */
  readonly ok: boolean;
  readonly reason: string;
}

export interface UpdateStates {
  readonly states: readonly UpdateState[];
  /** How long to wait for news before asking again, ms. */
  readonly askAgainMs: number;
}

/** How the update of a site has ended, for whoever reads the result of its deploy. */
export function endOfUpdate({
  outcome,
  reason = outcome,
  exceptions,
}: OperationResult): Pick<UpdateState, 'ok' | 'reason'> {
  const why = exceptions.length > 0 ? exceptions.join('; ') : reason;
  return { ok: isSuccess(outcome), reason: `${outcome}: ${why}` };
}
