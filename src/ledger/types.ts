/**
 * What the rest of Sitewright asks of the ledger (D 5). It outlives Temporal's retention, so it
 * is the memory of what was asked, decided, sent and found.
 */
import type {
  CommandKey,
  OperationKind,
  OperationResult,
  OperationState,
} from '../domain/operations.js';
import type { Tracker } from '../domain/trackers.js';

/** Any JSON. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface OpenOperation {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly site: string;
  readonly account: string;
  /** Whose idempotency keys these are: the requester. */
  readonly requestedBy: string;
  readonly idempotencyKey: string | null;
  /** SHA-256 of the canonical input without operation id. */
  readonly payloadHash: string;
  readonly reason: string | null;
  readonly workflowId: string;
  readonly runId: string;
  /** The input with secrets masked, for the record. */
  readonly input: Json;
}

export type OpenAnswer =
  /** New, or the same run again (activity retry). */
  | { readonly status: 'opened' }
  /** Known and open under an earlier run (reset, or started again after a loss). */
  | { readonly status: 'reopened'; readonly previousRunId: string }
  /** Finished long ago: the recorded result counts (D 4.1). */
  | { readonly status: 'closed'; readonly result: OperationResult }
  /**
   * Same caller and key, another payload; or the same payload, open under another operation id.
   * Names the operation that has the key.
   */
  | { readonly status: 'conflict'; readonly operationId: string };

/**
 * An entry of the append-only chain. `key` is unique per operation: a repeated append is ignored.
 * Where an entry moves a projection (open, close, settle, decide), the ledger adds the move to its
 * data as member `ledger`, which is how `verify` notices a changed projection.
 */
export interface LedgerEvent {
  readonly key: string;
  readonly type: string;
  readonly data: Json;
}

export interface StoredEvent extends LedgerEvent {
  readonly operationId: string;
  readonly sequence: number;
  /** ISO time, UTC. */
  readonly at: string;
  readonly previousHash: string;
  readonly hash: string;
}

export interface OperationRow extends Omit<OpenOperation, 'input'> {
  readonly state: OperationState;
  readonly needsAttention: boolean;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly result: OperationResult | null;
  readonly input: Json;
}

export type LockAnswer =
  | { readonly acquired: true }
  | {
      readonly acquired: false;
      readonly resource: string;
      readonly holder: {
        readonly operationId: string;
        readonly kind: OperationKind;
        readonly site: string;
        readonly since: string;
      };
    };

/**
 * - `intended`: written down, certainly not sent (or certainly nothing came of it).
 * - `sent`: on its way or lost; the outcome is unknown until settled.
 * - `settled`: Press accepted it, here is the tracker.
 * - `refused`: Press said no; nothing happened.
 */
export type CommandState = 'intended' | 'sent' | 'settled' | 'refused';

export interface CommandRow extends CommandKey {
  readonly endpoint: string;
  readonly payloadHash: string;
  readonly state: CommandState;
  /** Counts claims; only the holder of the newest may send. */
  readonly attempt: number;
  /** Press's clock before the first send, epoch ms: evidence must be younger. */
  readonly firstSentAt: number | null;
  /** Our clock at the last contact with the newest send, epoch ms; null while it may be running. */
  readonly contactEndedAt: number | null;
  /** Reads that found nothing and started after the horizon. */
  readonly negativeReads: number;
  readonly tracker: Tracker | null;
  readonly evidence: Json;
  readonly error: Json;
}

export interface RecordedDecision {
  readonly operationId: string;
  readonly key: string;
  readonly verdict: string;
  readonly by: string;
  readonly verified: boolean;
  readonly roles: readonly string[];
  readonly planHash: string | null;
  readonly accepted: boolean;
  /** The approver's reason, or why the decision does not count. */
  readonly reason: string | null;
  readonly policyVersion: string;
}

/** A secret on its way out (D 7). Neither its value nor its ciphertext is part of this. */
export interface Handover {
  readonly handle: string;
  readonly operationId: string;
  /** What it is, e.g. "login link". */
  readonly label: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly claimedAt: string | null;
}

/** A {@link Handover} with what it holds, as the worker that stored it asks for it. */
export interface StoredHandover extends Handover {
  /** The ciphertext that was put; null when it was claimed, has expired, or was wiped. */
  readonly sealed: string | null;
}

export type HandoverClaim =
  /** `sealed` is what the claim put in place of the stored ciphertext; a repeat answers the same. */
  | { readonly status: 'claimed'; readonly sealed: string }
  | { readonly status: 'unknown' | 'expired' | 'gone' };

export interface ChainFault {
  readonly operationId: string;
  readonly sequence: number;
  readonly problem: string;
}

/**
 * Everything is safe to repeat and safe among concurrent workers. Throws `LedgerUnavailable`
 * when the database is away: callers retry, nothing is lost.
 */
export interface Ledger {
  openOperation(operation: OpenOperation, event: LedgerEvent): Promise<OpenAnswer>;
  /**
   * Moves the projection and appends events, in one transaction. After the close only events are
   * taken. Throws `UnknownOperation`, as everything does that writes about an operation.
   */
  record(
    operationId: string,
    change: {
      readonly state?: OperationState;
      readonly site?: string;
      readonly needsAttention?: boolean;
      readonly events?: readonly LedgerEvent[];
    },
  ): Promise<void>;
  /** Closes the record and releases its locks, in one transaction. Repeated: the first result stays. */
  closeOperation(result: OperationResult, event: LedgerEvent): Promise<void>;

  /**
   * All resources at once or none (D 4.1); those already held by this operation are fine. Throws
   * `OperationClosed` after the close.
   */
  acquireLocks(operationId: string, resources: readonly string[]): Promise<LockAnswer>;
  /** All locks of an operation, or those of them that are named. */
  releaseLocks(operationId: string, resources?: readonly string[]): Promise<void>;
  locks(): Promise<readonly { resource: string; operationId: string; since: string }[]>;

  /** The row of a command, made as `intended` with attempt 0 when there is none. */
  beginCommand(key: CommandKey, endpoint: string, payloadHash: string): Promise<CommandRow>;
  getCommand(key: CommandKey): Promise<CommandRow | null>;
  commandsOf(operationId: string): Promise<readonly CommandRow[]>;
  /**
   * Compare-and-set before a send: true for exactly one caller per `seenAttempt`. Sets `sent`,
   * attempt + 1, contactEndedAt null, negativeReads 0, and firstSentAt if it was null. False for
   * what is settled or refused, and after the operation's close.
   */
  claimCommand(key: CommandKey, seenAttempt: number, pressNow: number): Promise<boolean>;
  /**
   * The send is over as far as we can tell; starts the horizon. Only the newest attempt may say so.
   * A later time replaces an earlier one and voids the negative reads counted since.
   */
  contactEnded(key: CommandKey, attempt: number, at: number): Promise<void>;
  /** A proof read that found nothing; answers how many there are now, 0 for an older attempt. */
  countNegativeRead(key: CommandKey, attempt: number): Promise<number>;
  /**
   * Ends a command, with an event in the chain. A settled one stays as it is. With `attempt`, only
   * the newest may say so: an older one knows nothing of what was sent after it.
   */
  settleCommand(
    key: CommandKey,
    change:
      | { readonly state: 'settled'; readonly tracker: Tracker; readonly evidence: Json }
      | {
          readonly state: 'refused' | 'intended';
          readonly error: Json;
          readonly attempt?: number;
        },
    event: LedgerEvent,
  ): Promise<void>;

  recordDecision(decision: RecordedDecision): Promise<void>;
  decisionsOf(operationId: string): Promise<readonly RecordedDecision[]>;

  /** Keeps an encrypted secret for one claim. A repeated put of the same handle is ignored. */
  putHandover(handover: {
    readonly handle: string;
    readonly operationId: string;
    readonly label: string;
    readonly sealed: string;
    readonly expiresAt: string;
  }): Promise<void>;
  /**
   * Hands a secret over, once: `reseal` turns the stored ciphertext into one that only the claimant
   * can open, which is kept for repeats under the same claim id until it expires.
   */
  claimHandover(
    handle: string,
    claimId: string,
    reseal: (sealed: string) => Promise<string>,
  ): Promise<HandoverClaim>;
  getHandover(handle: string): Promise<StoredHandover | null>;
  /** Removes one, or those of an operation, if nobody has claimed them: they are of no use any more. */
  discardHandovers(
    which: { readonly handle: string } | { readonly operationId: string },
  ): Promise<void>;
  /**
   * Those nobody has claimed, oldest first; the ciphertext of expired ones is wiped on the way.
   *
   * @param of only of operations on this site
   */
  unclaimedHandovers(of?: {
    readonly account: string;
    readonly site: string;
    readonly kinds: readonly OperationKind[];
  }): Promise<readonly Handover[]>;

  getOperation(operationId: string): Promise<OperationRow | null>;
  /** Newest first. */
  findOperations(filter: {
    readonly site?: string;
    readonly open?: boolean;
    readonly needsAttention?: boolean;
    readonly limit?: number;
  }): Promise<readonly OperationRow[]>;
  /** Ids of all operations, oldest first; holds a page of them. */
  operationIds(pageSize?: number): AsyncGenerator<string, void, undefined>;
  events(operationId: string): Promise<readonly StoredEvent[]>;
  /** Those of the events that are recorded: one question for many operations. */
  recorded<Event extends { readonly operationId: string; readonly key: string }>(
    events: readonly Event[],
  ): Promise<ReadonlySet<Event>>;
  /** Recomputes the chain of one operation, or of all, and compares the projections with it. */
  verify(operationId?: string): Promise<readonly ChainFault[]>;
  health(): Promise<{
    readonly dialect: 'sqlite' | 'postgres';
    readonly schemaVersion: number;
    readonly operations: number;
    readonly open: number;
  }>;
  close(): Promise<void>;
}
