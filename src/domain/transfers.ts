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

/** `unconfirmed`: as yet, or until the deadline; `gone`: there is no such site any more. */
export type TransferStanding = 'transferred' | 'unconfirmed' | 'gone';
