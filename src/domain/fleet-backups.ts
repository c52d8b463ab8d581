/** Backups of every site of an account, one after the other: what their workflow is started with. */

/** The workflow type of a round. */
export const ROUND_TYPE = 'backUpSites';

export interface BackUpSitesInput {
  /** Name of a configured Frappe Cloud account. */
  readonly account: string;
  /** An id, never an e-mail address. */
  readonly requestedBy: string;
  /** The last site that an earlier part of the same round has done; absent at its beginning. */
  readonly after?: string;
  /** What earlier parts have come to. */
  readonly soFar?: FleetBackups;
}

/** How a round of backups has ended. */
export interface FleetBackups {
  readonly backedUp: number;
  readonly failed: number;
  /** Some of those that failed, each with its operation and why. */
  readonly failures: readonly string[];
  /** Why the round has ended before it came to every site; absent when it did come to all. */
  readonly stopped?: string;
}

/** Whether every site is backed up, so that nobody has to look. */
export const isComplete = ({ failed, stopped }: FleetBackups): boolean =>
  failed === 0 && stopped === undefined;

/** For people, e.g. "backed up 12, failed 2". */
export function countsOf({ backedUp, failed, stopped }: FleetBackups): string {
  const counts = `backed up ${backedUp}, failed ${failed}`;
  return stopped === undefined ? counts : `${counts}, then stopped: ${stopped}`;
}

/** What the worker's log says of a round that is not complete. */
export interface ReportRoundArgs {
  /** The id that those of its backups begin with. */
  readonly operationId: string;
  readonly account: string;
  readonly report: FleetBackups;
}

export interface ActiveSitesArgs {
  readonly account: string;
  /** Only sites whose names come later; '' is the beginning. */
  readonly after: string;
}

/** Some sites in the order of their names. */
export interface ActiveSites {
  readonly sites: readonly string[];
  /** Whether there may be more after them. */
  readonly more: boolean;
}
