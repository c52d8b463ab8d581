/**
 * Adjustments: operations that are one change of a site, with the same runbook, told apart by data
 * (D 4.4). What their plans are about, and what their activities are told.
 */
import type { CommandArgs } from './activity-types.js';
import type { ConfigValue } from './inputs.js';
import type { SafetyCopyPlan } from './safety-copy.js';

/** One change of a site at Press, resolved. */
export type Change =
  /** With its plan for a paid app, else null. */
  | { readonly do: 'install app'; readonly app: string; readonly plan: string | null }
  | { readonly do: 'uninstall app'; readonly app: string }
  /** What a failed installation leaves behind: it costs money still (C 4.3). */
  | { readonly do: 'end app subscription'; readonly app: string }
  /** What asking for an uninstallation has ended at once, whatever became of its job (C 4.4). */
  | {
      readonly do: 'resume app subscription';
      readonly app: string;
      readonly subscription: string;
      readonly plan: string;
    }
  | { readonly do: 'set config'; readonly config: Readonly<Record<string, ConfigValue>> }
  /** `wasAbsent`: there was no such key when it was planned: the server is only told once more. */
  | { readonly do: 'delete config'; readonly key: string; readonly wasAbsent?: true }
  | { readonly do: 'add domain'; readonly domain: string }
  /** `attempt`: what Press counts it as, the first being 1. */
  | { readonly do: 'retry domain'; readonly domain: string; readonly attempt: number }
  | { readonly do: 'remove domain'; readonly domain: string }
  /** `redirects`: domains that redirect to the primary one, and do so afterwards, too. */
  | {
      readonly do: 'set host name';
      readonly domain: string;
      readonly redirects: readonly string[];
    }
  | { readonly do: 'set redirect'; readonly domain: string }
  | { readonly do: 'unset redirect'; readonly domain: string }
  | { readonly do: 'change plan'; readonly plan: string }
  | { readonly do: 'change app plan'; readonly app: string; readonly plan: string }
  | { readonly do: 'clear cache' }
  /** `at`: ISO time. */
  | {
      readonly do: 'edit scheduled update';
      readonly update: string;
      readonly at: string;
      readonly skipFailingPatches: boolean;
      readonly skipBackups: boolean;
    }
  | { readonly do: 'cancel scheduled update'; readonly update: string };

/** Names of changes; also the names of the steps. */
export type ChangeName = Change['do'];

/** The change of one name. */
export type ChangeOf<N extends ChangeName> = Extract<Change, { readonly do: N }>;

/** Everything about an adjustment, resolved: what approvals are bound to. */
export interface AdjustmentTarget {
  readonly site: string;
  readonly change: Change;
  /**
   * Sent one after the other when the change has failed half-way, because Press keeps what its server
   * did not get; none where a failure leaves nothing behind.
   */
  readonly undo: readonly Change[];
  /** Null where no data can be lost. */
  readonly copy: SafetyCopyPlan | null;
  /** What is so again once the copy is restored, and is read back then. */
  readonly restored: readonly Change[];
  /** What nothing can put back when it fails half-way; null where there is no such thing. */
  readonly leaves: string | null;
  /**
   * What stays changed when it has failed and everything that can be is put back: an exception of
   * the result; null where there is no such thing.
   */
  readonly remains: string | null;
  /** How long a customer's DNS may take, where it is waited for; from policy. */
  readonly dnsDeadlineMs: number | null;
  /** What its DNS has to say, in words, e.g. "CNAME acme.frappe.cloud"; null where none is waited for. */
  readonly dnsRecord: string | null;
  /** Whether policy lets a restore of the copy leave out patches that fail. */
  readonly maySkipPatches: boolean;
}

export interface ChangeArgs extends CommandArgs {
  readonly site: string;
  readonly change: Change;
}

export interface VerifyChangeArgs {
  readonly account: string;
  readonly site: string;
  readonly change: Change;
  /** Epoch ms after which the answer is given as it is. */
  readonly deadline: number;
}
