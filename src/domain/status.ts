/** What the `status` query answers and the card is drawn from (D 4). */
import type { ApprovalRule, CountedDecision } from './approvals.js';
import type { Problem } from './failures.js';
import type { Choice } from './messages.js';
import type { OperationKind, OperationState } from './operations.js';
import type { Plan } from './plan.js';
import type { Undone } from './saga.js';

/** Where the operation is in its runbook. */
export interface StepStatus {
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'given_up';
  /** E.g. "job vgtuklgivk" or "step 4 of 7 Install Apps". */
  readonly detail?: string;
  /** ISO times. */
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** What the operation waits for. */
export interface Waiting {
  readonly what: string;
  readonly since: string;
  /** When the wait ends by itself; absent when only a person can end it. */
  readonly until?: string;
}

export interface OperationStatus {
  readonly operationId: string;
  readonly workflowId: string;
  readonly kind: OperationKind;
  readonly site: string;
  readonly account: string;
  readonly requestedBy: string;
  readonly state: OperationState;
  /** ISO time since when {@link state} holds. */
  readonly since: string;
  readonly steps: readonly StepStatus[];
  readonly waiting: Waiting | null;
  readonly needsAttention: boolean;
  readonly plan: Plan | null;
  readonly approval: {
    readonly rule: ApprovalRule;
    readonly counted: readonly CountedDecision[];
    readonly missing: readonly string[];
    readonly expiresAt: string;
    readonly unsigned: 'allow' | 'deny';
  } | null;
  readonly problem: Problem | null;
  readonly choices: readonly Choice[];
  readonly undone: readonly Undone[];
  readonly reason: string | null;
  readonly exceptions: readonly string[];
  /** What the result will tell, as far as it is known: where secrets wait, among others. */
  readonly details?: Readonly<Record<string, string>>;
  /** Messages that were malformed, named another operation, or came after the limit. */
  readonly ignoredMessages: number;
}
