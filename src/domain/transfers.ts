/** Giving a site to another team: what its plan is about, and what its activities are told. */
import type { CommandArgs } from './activity-types.js';

/** Everything about a transfer, resolved. */
export interface TransferTarget {
  readonly site: string;
  /** Login of the owner of the receiving team: the link is mailed there. */
  readonly to: string;
  /** Is mailed too. */
  readonly reason: string;
  /** How long the confirmation is waited for, ms. */
  readonly patienceMs: number;
  /** What stays with us, each with why that matters; by what it is. */
  readonly stays: Readonly<Record<string, string>>;
}

/** The lock that keeps a second transfer of a site away, also while this one waits for weeks. */
export const transferOf = (site: string): string => `transfer:${site}`;

export interface SendTransferArgs extends CommandArgs {
  readonly site: string;
  readonly to: string;
  readonly reason: string;
}

export interface AwaitTransferArgs {
  readonly account: string;
  readonly site: string;
  /** Epoch ms after which it is not waited for any more. */
  readonly deadline: number;
}

/**
 * `transferred`: by one reading; `unconfirmed`: it is ours as yet; `gone`: there is no such site any
 * more; `unknown`: our key sees no more of it, which is no proof of anything.
 */
export type TransferStanding = 'transferred' | 'unconfirmed' | 'gone' | 'unknown';
