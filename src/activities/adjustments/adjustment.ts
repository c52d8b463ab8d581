import type { Change, ChangeName, ChangeOf } from '../../domain/adjustments.js';
import type { InputOf } from '../../domain/inputs.js';
import type { AdjustmentKind, CommandKey } from '../../domain/operations.js';
import type { Check } from '../../domain/plan.js';
import type { OperationFacts } from '../../domain/policy.js';
import type { Tracker } from '../../domain/trackers.js';
import type { Account, CallOptions, SiteStatus } from '../../frappe-cloud/index.js';
import type { Located, RemoteCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import type { SafetyCopyDraft } from '../safety-copy/index.js';
import type { SiteReading } from '../site/site-reading.js';

/** A change of a site, and what it is asked with. */
export interface Asked<C extends Change = Change> {
  readonly deps: ActivityDeps;
  readonly account: Account;
  readonly site: string;
  readonly change: C;
  readonly options: CallOptions;
}

/** A change that is to be sent. */
export interface Sending<C extends Change = Change> extends Asked<C> {
  readonly key: CommandKey;
}

/** How one change is sent, found again, and read back. */
export interface ChangeKind<C extends Change> {
  /** Press method, for the ledger. */
  readonly endpoint: string;
  /** See {@link RemoteCommand}. */
  readonly repeat: RemoteCommand['repeat'];
  /** What goes into the ledger; default: the change as it is. For one that carries secrets. */
  readonly payload?: (change: C) => unknown;
  /** Only evidence younger than `since` (Press's clock, epoch ms) is ours. */
  locate(asked: Sending<C>, since: number): Promise<Located>;
  send(asked: Sending<C>, since: number): Promise<Tracker>;
  /** Reads it back. */
  look(asked: Asked<C>): Promise<Look>;
}

/** How a change stands. */
export interface Look {
  /** What is not so yet; empty when all of it is. */
  readonly missing: readonly string[];
  /** What it is not, although nothing is missing. */
  readonly exceptions?: readonly string[];
  /** What the result tells. */
  readonly details?: Readonly<Record<string, string>>;
}

/** How every change is made. */
export type ChangeKinds = { readonly [N in ChangeName]: ChangeKind<ChangeOf<N>> };

/** What a preflight of an adjustment looks at. */
export interface Preflight<K extends AdjustmentKind> {
  readonly deps: ActivityDeps;
  readonly account: Account;
  readonly reading: SiteReading;
  readonly input: InputOf[K];
  /** Whether the lock is held: what is at work then is none of ours. */
  readonly underLock: boolean;
}

/** The DNS of a customer. */
export interface AwaitedDns {
  readonly domain: string;
  /** What it has to say, in words. */
  readonly record: string;
}

/** What a preflight of an adjustment has found. */
export interface AdjustmentDraft {
  readonly change: Change;
  /** Sent when the change has failed half-way; default: none. */
  readonly undo?: readonly Change[];
  /** What is so again once the copy is restored. */
  readonly restored?: readonly Change[];
  /** In words: what nothing can put back when it has failed half-way. */
  readonly leaves?: string;
  /** In words: what stays changed although everything that can be is put back. */
  readonly remains?: string;
  /** In words: what that does. */
  readonly undoes?: string;
  /** In words: from what to what. */
  readonly summary: readonly string[];
  readonly checks: readonly Check[];
  readonly mayLose?: readonly string[];
  /** The copy that comes before; left out where no data can be lost. */
  readonly copy?: SafetyCopyDraft;
  /** The DNS of this domain is waited for first, as long as policy allows. */
  readonly awaitsDns?: AwaitedDns;
  readonly facts?: Partial<OperationFacts>;
  readonly estimateSeconds: number;
}

/** One kind of adjustment: from its input to the change. */
export interface Adjustment<K extends AdjustmentKind> {
  /** States of the site in which Press accepts it. */
  readonly allowed: readonly SiteStatus[];
  plan(preflight: Preflight<K>): Promise<AdjustmentDraft> | AdjustmentDraft;
}

/** Every kind of adjustment. */
export type Adjustments = { readonly [K in AdjustmentKind]: Adjustment<K> };
