/**
 * Names of the failures that activities throw (`ApplicationFailure.type`); decided in
 * activities/to-failure.ts only (D 8).
 */
export const FailureType = {
  /** Temporal retries; never seen by a workflow unless a deadline passes. */
  Transient: 'Transient',
  /** Not an error: the remote side is not ready yet. */
  NotYet: 'NotYet',
  /** Press refused by a rule of business; not retried. */
  Refused: 'Refused',
  /** Press lets us read no more, or the account is gone: no verdict about what was sent. */
  Denied: 'Denied',
  /** Nothing could prove what happened, or more than one candidate. */
  OutcomeUnknown: 'OutcomeUnknown',
  /** A defect of ours or an answer nobody understands. */
  Defect: 'Defect',
  /** Key or team wrong; retried slowly, goes on when fixed. */
  Credentials: 'Credentials',
  /** An undo that cannot be done; a person decides. */
  UndoFailed: 'UndoFailed',
} as const;
export type FailureType = (typeof FailureType)[keyof typeof FailureType];

/** Why an operation stopped going forward. */
export interface Problem {
  readonly type: FailureType | 'StepFailed' | 'TimedOut' | 'VerificationFailed';
  /** The step of the runbook, as shown on the card. */
  readonly step: string;
  /** For a person, without HTML and without secrets. */
  readonly message: string;
  readonly evidence?: Readonly<Record<string, string>>;
}
