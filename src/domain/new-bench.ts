/** Bench groups that are made for one upgrade (D 1.7, C 1.4). */
import type { CommandArgs } from './activity-types.js';
import type { UpgradeTarget } from './site-changes.js';

/** An app from a repository of one's own, and the branch of it that is for the next version. */
export interface CustomApp {
  readonly app: string;
  readonly title: string;
  readonly repositoryUrl: string;
  readonly branch: string;
}

/** A bench group as it is to be made. */
export interface NewBench {
  readonly title: string;
  /** Frappe Version, e.g. "Version 16". */
  readonly version: string;
  /** Apps of the site that Press publishes, without frappe, which every group has. */
  readonly apps: readonly string[];
  readonly customApps: readonly CustomApp[];
  /** Dedicated server of ours; null on shared servers, where Press takes any of the cluster (D 1.1). */
  readonly ownServer: string | null;
  readonly cluster: string;
  /** Where Press begins the upgrade by itself: when, as we count from the order, ms. */
  readonly lead?: BenchLead;
}

/** Time between the order of a bench at Press and the upgrade that Press begins. */
export interface BenchLead {
  readonly roomMs: number;
  /** How long before its time everything must be ready. */
  readonly marginMs: number;
}

export interface NewGroupArgs extends CommandArgs {
  readonly site: string;
  readonly bench: NewBench;
}

export interface AddAppsArgs extends CommandArgs {
  readonly group: string;
  /** Published ones. */
  readonly apps: readonly string[];
}

export interface AddCustomAppArgs extends CommandArgs {
  readonly group: string;
  readonly app: CustomApp;
}

export interface DeployGroupArgs extends CommandArgs {
  readonly group: string;
}

export interface OrderBenchArgs extends CommandArgs {
  readonly target: UpgradeTarget;
  readonly bench: NewBench;
}

/** What dropping a group needs to know. */
export interface DroppedGroup {
  readonly title: string;
  /** The site that was to move there. */
  readonly site: string;
  /**
   * `press`: Press would begin the upgrade by itself, so that its group goes at once, also while an
   * image is being built; `us`: the group goes once nothing of it moves (observed-2 4).
   */
  readonly begunBy: 'us' | 'press';
}
