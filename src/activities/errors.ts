/**
 * What activities throw of their own; to-failure.ts turns every one of them into a failure of
 * Temporal's. Messages are for people and hold no secrets.
 */
import type { Evidence } from '../domain/trackers.js';

/** The remote side is not ready; look again after a while. Not an error. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Press said no, by a rule of business; nothing happened. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Nothing can prove whether it happened; a person looks. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
  readonly evidence: Evidence;

  constructor(message: string, evidence: Evidence = {}) {
    super(message);
    this.evidence = evidence;
  }
}

/** An answer nobody understands, or a mistake of ours. */
export class Defect extends Error {
  override readonly name = 'Defect';
}

/** An undo has ended without effect; a person decides. */
export class UndoFailed extends Error {
  override readonly name = 'UndoFailed';
  readonly evidence: Evidence;

  constructor(message: string, evidence: Evidence) {
    super(message);
    this.evidence = evidence;
  }
}
