import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import { FailureType, type Problem } from '../domain/failures.js';

/** Ends the runbook: go back, and end with this reason. Thrown and caught inside workflows only. */
export class GoBack extends Error {
  override readonly name = 'GoBack';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Somebody asked to cancel, and it was still possible. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** An operator gave up the part that is waited for; the rest goes on. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

/** An operator said to leave everything as it is. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

/** What a person reads of any failure: the activity's own words, not Temporal's wrapping. */
export function messageOf(error: unknown): string {
  const cause = causeOf(error);
  if (cause instanceof TimeoutFailure) return 'no answer within the time limit of this step';
  return cause instanceof Error ? cause.message : String(cause);
}

/** What is behind the failure of an activity, or of a child and the activity in it. */
function causeOf(error: unknown): unknown {
  if (error instanceof ChildWorkflowFailure) return causeOf(error.cause ?? error.message);
  return error instanceof ActivityFailure ? error.cause : error;
}

/**
 * The problem behind a failed activity or child workflow; null when it is neither, which makes it
 * a defect of the workflow itself.
 */
export function problemOf(error: unknown, step: string): Problem | null {
  if (error instanceof ChildWorkflowFailure) {
    return { type: FailureType.Defect, step, message: messageOf(error) };
  }
  if (!(error instanceof ActivityFailure)) return null;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    const known = Object.values(FailureType).find((type) => type === cause.type);
    const details = cause.details?.[0];
    return {
      type: known ?? FailureType.Defect,
      step,
      message: cause.message,
      ...(isEvidence(details) ? { evidence: details } : {}),
    };
  }
  return { type: 'TimedOut', step, message: messageOf(error) };
}

function isEvidence(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((entry) => typeof entry === 'string')
  );
}
