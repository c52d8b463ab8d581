/**
 * Taking sites away and bringing them back: what the plans of archive, unarchive, deactivate and
 * activate are about, and what their activities are told (D 4.4).
 */
import type { CommandArgs } from './activity-types.js';
import type { ProvisionTarget } from './plan.js';
import type { SafetyCopy, SafetyCopyPlan } from './safety-copy.js';

/** From which an archive is accepted (B 4.2). */
export const ARCHIVABLE = ['Active', 'Broken', 'Inactive', 'Suspended'] as const;

/** A site that goes away, and what has to be put back when that fails half-way. */
export interface ArchiveTarget {
  readonly site: string;
  readonly copy: SafetyCopyPlan;
  /** Whether Press makes a backup of its own while archiving. */
  readonly finalBackup: boolean;
  readonly statusBefore: (typeof ARCHIVABLE)[number];
  /** Its primary domain; Press forgets it at once (B 4.2). */
  readonly hostName: string;
  /** Domains of the customer, which go with the site. */
  readonly domains: readonly string[];
  /** Paid apps: switched off at once, and then not listed any more (B 4.2, C 4.9). */
  readonly appPlans: readonly AppPlan[];
  /** Whether a site that was brought back must answer HTTP; from policy, but for a Broken one. */
  readonly httpProbe: 'required' | 'reported';
}

/** What a site pays for an app. */
export interface AppPlan {
  readonly app: string;
  readonly plan: string;
  /** What Press changes by. */
  readonly subscription: string;
}

/**
 * How an archive that came to rest stands (observed C9, C10, observed-2 5).
 * - `archived`: gone, and its job has succeeded.
 * - `unfinished`: gone and dropped; a step after that has failed, which takes nothing back.
 * - `not_dropped`: Press calls it archived, but the upload of its backup has failed, so that nothing
 *   was dropped on the server.
 * - `dropped`: gone from the server, Broken at Press. Activating would call it Active.
 * - `intact`: Broken, and its data is there.
 * - `untouched`: neither server was ever reached.
 * - `unknown`: Press gave the job up after two days; nothing tells whether the site was dropped.
 * - `stranded`: Pending for ever; the agent refused, and every action is refused.
 */
export type ArchiveStanding =
  | 'archived'
  | 'unfinished'
  | 'not_dropped'
  | 'dropped'
  | 'intact'
  | 'untouched'
  | 'unknown'
  | 'stranded';

export interface ArchiveArgs extends CommandArgs {
  readonly site: string;
  /** Drop the site although its database does not answer. */
  readonly force: boolean;
  readonly finalBackup: boolean;
}

export interface HostNameArgs extends CommandArgs {
  readonly site: string;
  readonly domain: string;
}

export interface RenewAppPlanArgs extends CommandArgs, AppPlan {
  readonly site: string;
}

export interface VerifyArchiveArgs {
  readonly account: string;
  readonly site: string;
  /** Job "Archive Site". */
  readonly job: string | null;
  readonly finalBackup: boolean;
  /** What is relied on to bring the site back; null without one. */
  readonly copy: Pick<SafetyCopy, 'where' | 'handle'> | null;
  /** Epoch ms after which the answer is given as it is. */
  readonly deadline: number;
}

export interface VerifyBackArgs extends Pick<ArchiveTarget, 'site' | 'httpProbe'> {
  readonly account: string;
  /** Epoch ms after which the answer is given as it is. */
  readonly deadline: number;
}

/** A site that is made again, and what it is filled with. */
export interface UnarchiveTarget {
  readonly site: ProvisionTarget;
  readonly copy: SafetyCopy;
  /** The name that Press gave to the archived site; null when it knows of none. */
  readonly archivedAs: string | null;
  /** What does not come back, by part. */
  readonly lost: Readonly<Record<string, string>>;
}

/** A site that is switched on or off. */
export interface SwitchTarget {
  readonly site: string;
  readonly from: 'Active' | 'Inactive' | 'Broken';
  readonly to: 'Active' | 'Inactive';
  /** Whether a site that does not answer HTTP fails the operation; from policy. */
  readonly httpProbe: 'required' | 'reported';
}
