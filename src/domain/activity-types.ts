/**
 * Arguments and answers of the activities as workflows see them: our words only, so that another
 * provider can be put beside Press (D 3).
 */
import type { ApprovalRule, CountedDecision, Decision } from './approvals.js';
import type { Problem } from './failures.js';
import type { Answer, Choice, Resolution } from './messages.js';
import type {
  CommandKey,
  OperationHeader,
  OperationKind,
  OperationResult,
  OperationState,
} from './operations.js';
import type { ProvisionTarget } from './plan.js';
import type { Undo, UndoArguments, UndoCall } from './saga.js';
import type { TimingProfile } from './timing.js';
import type { Tracker } from './trackers.js';

/** Which operation an activity works for. */
export interface OperationRef extends OperationHeader {
  readonly kind: OperationKind;
}

export interface OpenArgs {
  readonly ref: OperationRef;
  /** As it came; checked here. */
  readonly input: unknown;
}

export interface PlanArgs<Input> {
  readonly ref: OperationRef;
  readonly input: Input;
  /** The plan is made again to see that what was approved still holds. */
  readonly underLock: boolean;
}

export type Opened =
  | {
      readonly status: 'opened';
      readonly timing: TimingProfile;
      readonly unsignedDecisions: 'allow' | 'deny';
      /** Roles that may resolve what needs a person. */
      readonly resolvers: readonly string[];
    }
  /** The record has an end already, or belongs to another run, which must not be touched. */
  | { readonly status: 'closed'; readonly result: OperationResult }
  /** The record is open, and is to be closed as refused. */
  | { readonly status: 'refused'; readonly reason: string };

export interface LockArgs {
  readonly operationId: string;
  readonly resources: readonly string[];
}

export type Locked =
  { readonly acquired: true } | { readonly acquired: false; readonly holder: string };

export interface JudgeDecisionArgs {
  readonly ref: OperationRef;
  readonly decision: Decision;
  readonly state: OperationState;
  readonly planHash: string;
  /** Null when the operation waits for no decision. */
  readonly rule: ApprovalRule | null;
  readonly counted: readonly CountedDecision[];
}

export interface JudgedDecision {
  readonly answer: Answer;
  readonly decision: CountedDecision | null;
}

export interface JudgeResolutionArgs {
  readonly ref: OperationRef;
  readonly resolution: Resolution;
  readonly choices: readonly Choice[];
}

export interface AttentionArgs {
  readonly ref: OperationRef;
  /** Distinguishes the first call from reminders: part of the ledger event key. */
  readonly key: string;
  readonly state: OperationState;
  readonly problem: Problem;
  readonly choices: readonly Choice[];
}

/** Arguments of every command: its key, the account, and what to do. */
export interface CommandArgs {
  readonly key: CommandKey;
  readonly account: string;
}

export interface CreateSiteArgs extends CommandArgs {
  readonly target: ProvisionTarget;
}

export interface DnsArgs {
  readonly account: string;
  readonly site: string;
  readonly domain: string;
  /** Epoch ms after which the domain is given up. */
  readonly deadline: number;
}

export type DnsAnswer =
  { readonly ready: true } | { readonly ready: false; readonly reason: string };

export interface TrackerArgs {
  readonly account: string;
  readonly tracker: Tracker;
}

/** Arguments of an undo activity. */
export type UndoArgs<U extends Undo> = UndoCall & UndoArguments[U];

export interface VerifyArgs {
  readonly account: string;
  readonly target: ProvisionTarget;
  /** Epoch ms after which the answer is given as it is. */
  readonly deadline: number;
}

/** What was checked after the work, each with what was found. */
export interface Verification {
  readonly ok: boolean;
  readonly failures: readonly string[];
  /** Found wanting, but policy only wants it reported. */
  readonly exceptions: readonly string[];
  readonly details: Readonly<Record<string, string>>;
}
