/** Backups of every site of an account, one after the other: what their workflow is started with. */

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
