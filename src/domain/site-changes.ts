/**
 * Bringing a site to other code: upgrade, update, migrate. What their plans are about, and what
 * their activities are told (D 4.4).
 */
import type { CommandArgs } from './activity-types.js';
import type { NewBench } from './new-bench.js';
import type { SafetyCopyPlan } from './safety-copy.js';
import type { Evidence } from './trackers.js';

/** Where a site stands; what is null is not asked for. */
export interface SiteState {
  readonly status: 'Active' | 'Inactive';
  /** Frappe Version, e.g. "Version 15". */
  readonly version: string | null;
  readonly group: string | null;
  readonly bench: string | null;
}

/** What upgrade, update and migrate have in common: enough to verify it, and to go back. */
export interface SiteChange {
  readonly site: string;
  /** As it is, and is again when the operation goes back. */
  readonly before: SiteState;
  /** As it is to be. */
  readonly after: SiteState;
  /** Installed apps, frappe first. */
  readonly apps: readonly string[];
  readonly skipFailingPatches: boolean;
  /** Whether policy lets a migration leave out patches that fail. */
  readonly maySkipPatches: boolean;
  readonly copy: SafetyCopyPlan;
  /** Whether a site that does not answer HTTP fails the operation; from policy. */
  readonly httpProbe: 'required' | 'reported';
}

/**
 * How a site comes to the next version (C 1, D 1.7): on Press's own bench, into a group of ours, into
 * a group of ours that first has to come to the server of the site, or onto a bench that is built for
 * it, by us or, for a site on a public bench, by Press.
 */
export type UpgradePath =
  'public' | 'private_group' | 'add_server' | 'new_bench' | 'new_bench_by_press';

export interface UpgradeTarget extends SiteChange {
  readonly path: UpgradePath;
  /** Where the site is served. */
  readonly server: string;
  /** Null on public benches, where Press chooses (C 1.1), and while it is still to be made. */
  readonly group: string | null;
  /** The group to make, on the paths that make one. */
  readonly newBench?: NewBench;
}

export interface UpdateTarget extends SiteChange {
  /** What the newer bench brings, by app: a shortened commit each. */
  readonly newer: Readonly<Record<string, string>>;
}

export interface MigrateTarget extends SiteChange {
  /** What Press called the site before. */
  readonly statusBefore: 'Active' | 'Inactive' | 'Broken';
}

export interface UpgradeArgs extends CommandArgs {
  readonly target: UpgradeTarget;
}

export interface UpdateArgs extends CommandArgs {
  readonly target: UpdateTarget;
}

export interface MigrateArgs extends CommandArgs {
  readonly site: string;
  readonly skipFailingPatches: boolean;
}

export interface ServerArgs extends CommandArgs {
  readonly site: string;
  readonly group: string;
  readonly server: string;
}

/** Which update is asked about, and how the site stood before it. */
export interface StandingArgs {
  readonly account: string;
  readonly site: string;
  readonly update: string;
  readonly before: SiteState;
}

/** Where an update that ended fatally has left a site (D 2.2). */
export interface Standing {
  /** `unknown`: the records contradict each other, or something still holds the site. */
  readonly where: 'source' | 'destination' | 'unknown';
  /** It works: as it was, and nothing marks it as failed. */
  readonly sound: boolean;
  /** Moves of the site that wait, and would carry a restored site away (observed-2 3). */
  readonly moves: readonly string[];
  /** In words, for a person. */
  readonly says: string;
  readonly evidence: Evidence;
}

export interface VerifySiteArgs {
  readonly account: string;
  readonly site: string;
  readonly is: SiteState;
  /** The bench it must have left. */
  readonly left?: string;
  readonly apps: readonly string[];
  readonly httpProbe: SiteChange['httpProbe'];
  /** Marks of what failed before are none of its business. */
  readonly ignoresMarks?: boolean;
  /** Epoch ms after which the answer is given as it is. */
  readonly deadline: number;
}
