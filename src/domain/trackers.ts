import type { ArchiveStanding } from './archiving.js';

/**
 * One union for Press's many handles, and one vocabulary for what they answer (D 4.2). Decide by
 * the job, confirm by the site (A 4.5).
 */
export type Tracker =
  /** Two jobs make a site, only one is named by the answer (A 3.3). */
  | { readonly kind: 'site-creation'; readonly site: string; readonly job: string | null }
  /** An order of a site with a bench of its own: Site Group Deploy (A 3.5). */
  | { readonly kind: 'site-order'; readonly order: string; readonly site: string }
  /** A job of a site that the answer, or an activity of the site, names. */
  | { readonly kind: 'site-job'; readonly site: string; readonly job: string }
  /** Of a call that answers nothing: the newest jobs of its types since the send (C 5.2). */
  | { readonly kind: 'site-jobs'; readonly site: string; readonly jobs: readonly string[] }
  /** A custom domain: certificate, then a proxy job (C 5.8). */
  | { readonly kind: 'site-domain'; readonly site: string; readonly domain: string }
  /** A Site Update: to a newer bench, or to the next version (C 2.1). */
  | { readonly kind: 'site-update'; readonly site: string; readonly update: string }
  /** A bench of a group on another server, made of the group's last image (C 1.5). */
  | { readonly kind: 'bench-on-server'; readonly group: string; readonly server: string }
  /** Other data is put into a site: its job decides, the site confirms (B 7). */
  | { readonly kind: 'site-restore'; readonly site: string; readonly job: string }
  /** Press names no job of a physical restore; one since then is it, epoch ms (B 2.6). */
  | { readonly kind: 'snapshot-restore'; readonly site: string; readonly since: number }
  /** A site is switched on or off: at once at Press, later by these jobs (B 4.3, B 4.4). */
  | {
      readonly kind: 'site-switch';
      readonly site: string;
      readonly to: 'Active' | 'Inactive';
      readonly jobs: readonly string[];
    }
  /**
   * A Site Backup. `wait`: somebody else's that is of no use, but has to end before ours can begin
   * (B 1.2).
   */
  | {
      readonly kind: 'site-backup';
      readonly site: string;
      readonly backup: string;
      readonly purpose: 'copy' | 'wait';
    }
  /** A site goes away by two jobs, of which this is the one on its server (B 4.2). */
  | { readonly kind: 'site-archive'; readonly site: string; readonly job: string }
  /**
   * A deploy of a bench group: by a pipeline, or where Press works the old way by a build alone
   * (C 3.3). `servers` are the short names of those that get a bench.
   */
  | {
      readonly kind: 'bench-deploy';
      readonly group: string;
      readonly pipeline: string | null;
      readonly build: string | null;
      readonly servers: readonly string[];
    }
  /** A bench group of ours, made and empty: nothing to wait for. */
  | { readonly kind: 'bench-group'; readonly group: string }
  /** The first image and bench of a group of ours, on whichever server (D 1.6). */
  | { readonly kind: 'group-build'; readonly group: string }
  /** An upgrade into a group of ours that Press begins by itself at its time (C 1.4). */
  | {
      readonly kind: 'upgrade-begun';
      readonly site: string;
      readonly group: string;
      /** Where the site comes from. */
      readonly bench: string;
    }
  /** A Site Action: a move to another server, group or region (C 2.8). */
  | { readonly kind: 'site-move'; readonly site: string; readonly action: string }
  /**
   * The mail by which a team is to take a site over; nothing at Press shows it (C 8.1). `answered`: it
   * is known to be sent.
   */
  | { readonly kind: 'transfer-request'; readonly site: string; readonly answered: boolean }
  /**
   * A registration with MaplePress, and where its two secrets wait; null: they were in an answer that
   * was lost, and nobody can read them again.
   */
  | {
      readonly kind: 'wordpress-site';
      readonly id: string;
      readonly keyLastFour: string;
      readonly secrets: {
        readonly apiKey: string | null;
        readonly verificationToken: string | null;
      };
    }
  /** A new API key of MaplePress, and where it waits; null: it was in an answer that was lost. */
  | {
      readonly kind: 'api-key';
      readonly id: string;
      readonly keyLastFour: string;
      readonly handle: string | null;
      /** ISO time, of MaplePress's clock if it said so. */
      readonly rotatedAt: string;
    }
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
  /** The newest build of a deploy, and the servers its benches stand on, e.g. "f1-mumbai, f2-mumbai". */
  readonly build?: string;
  readonly benchesOn?: string;
  /** The Site Update that Press has begun. */
  readonly update?: string;
  /** How an archive stands that came to rest. */
  readonly standing?: ArchiveStanding;
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
