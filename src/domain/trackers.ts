/**
 * One union for Press's many handles, and one vocabulary for what they answer (D 4.2). Decide by
 * the job, confirm by the site (A 4.5).
 */
export type Tracker =
  /** Two jobs make a site, only one is named by the answer (A 3.3). */
  | { readonly kind: 'site-creation'; readonly site: string; readonly job: string | null }
  /** An order of a site with a bench of its own: Site Group Deploy (A 3.5). */
  | { readonly kind: 'site-order'; readonly order: string; readonly site: string }
  /** Press answers `update_config` with nothing; the newest such job since the send is it (C 5.2). */
  | { readonly kind: 'site-job'; readonly site: string; readonly job: string }
  /** A custom domain: certificate, then a proxy job (C 5.8). */
  | { readonly kind: 'site-domain'; readonly site: string; readonly domain: string }
  /** The effect was synchronous, nothing to wait for. */
  | { readonly kind: 'done' };

/**
 * How a tracker came to rest. `delivery_failure` means the servers were never reached; `recovered`
 * that Press has put everything back itself, `fatal` that it has tried to and failed (C 2.1).
 */
export type SettledOutcome =
  'success' | 'failure' | 'delivery_failure' | 'recovered' | 'fatal' | 'cancelled';

/** What a person needs to see of a remote job; also what goes into the ledger. */
export interface Evidence {
  /** Name of the Agent Job or document that decided. */
  readonly job?: string;
  readonly status?: string;
  /** The step that failed or is running, as Press spells it. */
  readonly step?: string;
  /** Last lines of what Press said, without HTML, bounded. */
  readonly output?: string;
  readonly link?: string;
  /** The private order, its bench group, and a bench of it that stands idle. */
  readonly order?: string;
  readonly group?: string;
  readonly idleBench?: string;
}

/** One look at a tracker. */
export type Reading =
  | {
      readonly state: 'moving';
      /** Step n of m of the running job. */
      readonly step?: { readonly index: number; readonly of: number; readonly name: string };
      /** Why it will not go on by itself, if that is how it stands; Press never says so (A 3.5). */
      readonly stuck?: string;
      readonly evidence: Evidence;
    }
  | {
      readonly state: 'settled';
      readonly outcome: SettledOutcome;
      readonly evidence: Evidence;
    };

export type Settled = Extract<Reading, { state: 'settled' }>;

/** What a command activity answers: where to look, and whether it was sent now or found. */
export interface Sent {
  readonly tracker: Tracker;
  /** `adopted`: an earlier send had landed although its answer was lost. */
  readonly how: 'sent' | 'adopted' | 'recorded' | 'already_so';
}
