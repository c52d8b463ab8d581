import type { OperationState } from '../domain/operations.js';

/**
 * How `sitewright` ends, for scripts. An operation's end has its own code each; from 64 on they
 * are those of sysexits.h, 130 is the shell's for Ctrl-C.
 */
export const ExitCode = {
  /** Asked and answered, started, succeeded, or planned. */
  ok: 0,
  /** `doctor`, `ledger --verify` or `vault verify` has found something wrong. */
  findings: 1,
  succeededWithExceptions: 10,
  /** The operation, a decision about it, or the claim of a secret was refused. */
  refused: 11,
  rejectedOrExpired: 12,
  rolledBack: 13,
  cancelled: 14,
  abandoned: 15,
  /** The operation goes on when a person has decided. */
  needsHuman: 20,
  badInput: 64,
  notFound: 66,
  /** Temporal, the workers, the gateway or the ledger do not answer. */
  unreachable: 69,
  /** A defect of Sitewright's. */
  defect: 70,
  /** An idempotency key used before, a site with several open operations, a schedule under way. */
  conflict: 75,
  /** Ctrl-C; an operation that was watched goes on. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The code that tells how an operation stands; 0 for one that is under way. */
export function exitCodeOf(state: OperationState): ExitCode {
  switch (state) {
    case 'succeeded_with_exceptions':
      return ExitCode.succeededWithExceptions;
    case 'refused':
      return ExitCode.refused;
    case 'rejected':
    case 'expired':
      return ExitCode.rejectedOrExpired;
    case 'rolled_back':
      return ExitCode.rolledBack;
    case 'cancelled':
      return ExitCode.cancelled;
    case 'abandoned':
      return ExitCode.abandoned;
    case 'needs_human':
      return ExitCode.needsHuman;
    default:
      return ExitCode.ok;
  }
}

/** The code of several ends: the highest. What works with exceptions comes before what does not. */
export function worstOf(one: ExitCode, other: ExitCode): ExitCode {
  return one > other ? one : other;
}

/** The table of `sitewright --help`. */
export const EXIT_CODES_HELP = `Exit codes:
   0  done: succeeded, planned, started, answered
   1  doctor, ledger --verify or vault verify found something wrong
  10  succeeded with exceptions (a part was given up)
  11  refused (an operation, a decision about one, or the claim of a secret)
  12  rejected, or nobody approved in time
  13  rolled back
  14  cancelled
  15  abandoned
  20  needs a person; it goes on when somebody has decided
  64  bad input or configuration, nothing was sent
  66  no such operation, site, job, secret, or copy
  69  Temporal, the workers, the gateway, the ledger or the vault do not answer
  70  a defect of Sitewright
  75  idempotency key used before, or several operations may be meant
 130  interrupted; what was started goes on
A batch (provision --file) ends with the highest code of its rows.`;
