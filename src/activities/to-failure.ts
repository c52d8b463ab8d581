import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { FailureType } from '../domain/failures.js';
import type { TimingProfile } from '../domain/timing.js';
import type { Evidence } from '../domain/trackers.js';
import { PressError, UnknownAccount } from '../frappe-cloud/index.js';
import { MaplePressError, UnknownTenant } from '../maplepress/index.js';
import { LedgerUnavailable } from '../ledger/errors.js';
import { CopySuperseded, VaultUnavailable } from '../vault/index.js';
import { Defect, NotYet, OutcomeUnknown, Refused, UndoFailed } from './errors.js';

/**
 * Decides retryability: the only place (D 8). What is not named here is a defect and waits for a
 * person; nothing is retried because nobody thought about it.
 */
export function toFailure(error: unknown, timing: TimingProfile): Error {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof Error && error.name === 'CancelledFailure') return error;
  if (error instanceof NotYet) return benign(FailureType.NotYet, error.message, error.retryAfterMs);
  if (error instanceof LedgerUnavailable) return retry(FailureType.Transient, error.message);
  if (error instanceof VaultUnavailable) return retry(FailureType.Transient, error.message);
  // Another attempt of the same activity has taken over; this one's answer counts no more.
  if (error instanceof CopySuperseded) return retry(FailureType.Transient, error.message);
  if (error instanceof PressError) return fromPress(error, timing);
  if (error instanceof MaplePressError) return fromMaplePress(error, timing);
  if (error instanceof UnknownAccount || error instanceof UnknownTenant)
    return final(FailureType.Denied, error.message);
  if (error instanceof Refused) return final(FailureType.Refused, error.message);
  if (error instanceof UndoFailed)
    return final(FailureType.UndoFailed, error.message, error.evidence);
  if (error instanceof OutcomeUnknown) {
    return final(FailureType.OutcomeUnknown, error.message, error.evidence);
  }
  if (error instanceof Defect) return final(FailureType.Defect, error.message);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return final(FailureType.Defect, message);
}

/** A read that failed, or a send of which it is certain that nothing came. */
function fromPress(error: PressError, timing: TimingProfile): ApplicationFailure {
  const message = `${error.endpoint}: ${error.message}`;
  switch (error.code) {
    case 'UNREACHABLE':
    case 'TIMEOUT':
    case 'CONNECTION_LOST':
    case 'ABORTED':
    case 'CONTENTION':
    case 'UNAVAILABLE':
    case 'GATEWAY':
    case 'RACE':
      return retry(FailureType.Transient, message);
    case 'RATE_LIMITED':
      return benign(FailureType.Transient, message, error.retryAfterMs ?? undefined);
    case 'BUSY':
      return benign(FailureType.NotYet, message, timing.undoInterval);
    case 'UNAUTHORIZED':
      return retry(FailureType.Credentials, message, timing.credentialsRetry);
    // The refusal of a send has become `Refused` on the way (commands.ts): this was a read.
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'REFUSED':
      return final(FailureType.Denied, error.message, pressEvidence(error));
    case 'DUPLICATE':
    case 'DNS':
      return final(FailureType.Refused, error.message);
    case 'SERVER_ERROR':
      // options_for_new asks a third party for the caller's place; that host comes and goes
      // (observed 4). Programming errors of Press or ours do not heal.
      return error.excType === 'ConnectionError'
        ? retry(FailureType.Transient, message)
        : final(FailureType.Defect, message, pressEvidence(error));
    case 'PATH_NOT_ALLOWED':
    case 'BAD_ANSWER':
      return final(FailureType.Defect, message, pressEvidence(error));
  }
}

/** As for Press: a read that failed, or a send of which it is certain that nothing came. */
function fromMaplePress(error: MaplePressError, timing: TimingProfile): ApplicationFailure {
  const message = `${error.endpoint}: ${error.message}`;
  switch (error.code) {
    case 'UNREACHABLE':
    case 'TIMEOUT':
    case 'CONNECTION_LOST':
    case 'ABORTED':
    case 'UNAVAILABLE':
    case 'GATEWAY':
      return retry(FailureType.Transient, message);
    case 'RATE_LIMITED':
      return benign(FailureType.Transient, message, error.retryAfterMs ?? undefined);
    case 'AUTHENTICATION_REQUIRED':
    case 'LOGIN_REFUSED':
      return retry(FailureType.Credentials, message, timing.credentialsRetry);
    // The refusal of a send has become `Refused` on the way (commands.ts): this was a read.
    case 'SITE_NOT_FOUND':
    case 'DOMAIN_REGISTERED':
    case 'INVALID_DATA':
    case 'REFUSED':
      return final(FailureType.Denied, error.message, maplePressEvidence(error));
    case 'SITE_DATA_REQUIRED':
    case 'SITE_URL_REQUIRED':
    case 'INVALID_SITE_URL':
    case 'UNSUPPORTED_PROTOCOL':
    case 'DOMAIN_NOT_EXTRACTABLE':
    case 'INVALID_PAGE_SIZE':
    case 'SITE_ID_REQUIRED':
    case 'INVALID_SITE_ID':
      return final(FailureType.Refused, error.message);
    case 'SERVER_ERROR':
    case 'BAD_ANSWER':
      return final(FailureType.Defect, message, maplePressEvidence(error));
  }
}

function maplePressEvidence({ status, serverMessage }: MaplePressError): Evidence {
  return { status: String(status ?? 'no answer'), output: serverMessage ?? '' };
}

function pressEvidence(error: PressError): Evidence {
  return {
    status: `${error.status ?? 'no'} ${error.excType ?? ''}`.trim(),
    output: error.serverMessages.join('\n').slice(0, 2000),
  };
}

function retry(type: FailureType, message: string, nextRetryDelay?: number): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: false, nextRetryDelay });
}

/** Benign failures raise no error metrics: nothing is wrong, it is only not ready. */
function benign(type: FailureType, message: string, nextRetryDelay?: number): ApplicationFailure {
  const category = ApplicationFailureCategory.BENIGN;
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: false,
    nextRetryDelay,
    category,
  });
}

function final(type: FailureType, message: string, evidence?: Evidence): ApplicationFailure {
  const details = evidence === undefined ? [] : [evidence];
  return ApplicationFailure.create({ type, message, nonRetryable: true, details });
}
