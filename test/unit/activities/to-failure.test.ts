import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import {
  Defect,
  NotYet,
  OutcomeUnknown,
  Refused,
  UndoFailed,
} from '../../../src/activities/errors.js';
import { toFailure } from '../../../src/activities/to-failure.js';
import { PRODUCTION_TIMING } from '../../../src/domain/timing.js';
import { PressErrorCode, UnknownAccount } from '../../../src/frappe-cloud/index.js';
import { LedgerUnavailable } from '../../../src/ledger/index.js';
import { pressError } from './fixture.js';

/** By code of the client: the failure's type, and whether Temporal retries. */
const BY_CODE: Readonly<Record<PressErrorCode, readonly [type: string, retried: boolean]>> = {
  UNREACHABLE: ['Transient', true],
  TIMEOUT: ['Transient', true],
  CONNECTION_LOST: ['Transient', true],
  ABORTED: ['Transient', true],
  RATE_LIMITED: ['Transient', true],
  UNAUTHORIZED: ['Credentials', true],
  PATH_NOT_ALLOWED: ['Defect', false],
  FORBIDDEN: ['Denied', false],
  NOT_FOUND: ['Denied', false],
  DUPLICATE: ['Refused', false],
  RACE: ['Transient', true],
  BUSY: ['NotYet', true],
  DNS: ['Refused', false],
  REFUSED: ['Denied', false],
  CONTENTION: ['Transient', true],
  UNAVAILABLE: ['Transient', true],
  GATEWAY: ['Transient', true],
  SERVER_ERROR: ['Defect', false],
  BAD_ANSWER: ['Defect', false],
};

const failureOf = (error: unknown): ApplicationFailure => {
  const failure = toFailure(error, PRODUCTION_TIMING);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  return failure as ApplicationFailure;
};

describe('what becomes of an error', () => {
  it.each(Object.values(PressErrorCode))('%s of the client', (code) => {
    const [type, retried] = BY_CODE[code];
    expect(failureOf(pressError(code))).toMatchObject({ type, nonRetryable: !retried });
  });

  it.each([
    [new NotYet('x', 5), 'NotYet', true],
    [new Refused('x'), 'Refused', false],
    [new UnknownAccount('x', []), 'Denied', false],
    [new OutcomeUnknown('x'), 'OutcomeUnknown', false],
    [new UndoFailed('x', {}), 'UndoFailed', false],
    [new Defect('x'), 'Defect', false],
    [new LedgerUnavailable('x'), 'Transient', true],
    [new TypeError('x is undefined'), 'Defect', false],
    ['a text', 'Defect', false],
    [undefined, 'Defect', false],
  ])('%s', (error, type, retried) => {
    expect(failureOf(error)).toMatchObject({ type, nonRetryable: !retried });
  });

  it('waits as long as Press says, and raises no alarm for it', () => {
    const limited = failureOf(pressError('RATE_LIMITED', { retryAfterMs: 7_000 }));
    expect(limited).toMatchObject({
      nextRetryDelay: 7_000,
      category: ApplicationFailureCategory.BENIGN,
    });
    expect(failureOf(new NotYet('x', 42))).toMatchObject({
      nextRetryDelay: 42,
      category: ApplicationFailureCategory.BENIGN,
    });
  });

  it('retries wrong credentials slowly', () => {
    const { nextRetryDelay } = failureOf(pressError('UNAUTHORIZED'));
    expect(nextRetryDelay).toBe(PRODUCTION_TIMING.credentialsRetry);
  });

  it('retries the third party that Press asks for our place (observed 4)', () => {
    const failure = failureOf(pressError('SERVER_ERROR', { excType: 'ConnectionError' }));
    expect(failure).toMatchObject({ type: 'Transient', nonRetryable: false });
  });

  it('keeps what Press said as evidence, bounded', () => {
    const serverMessages = Array.from({ length: 10 }, () => 'm'.repeat(500));
    const failure = failureOf(
      pressError('SERVER_ERROR', { status: 500, excType: 'KeyError', serverMessages }),
    );
    const [evidence] = failure.details as [{ status: string; output: string }];
    expect(evidence.status).toBe('500 KeyError');
    expect(evidence.output).toHaveLength(2_000);
  });

  it('leaves what Temporal knows already', () => {
    const known = ApplicationFailure.nonRetryable('x', 'Anything');
    expect(toFailure(known, PRODUCTION_TIMING)).toBe(known);
    const cancelled = Object.assign(new Error('x'), { name: 'CancelledFailure' });
    expect(toFailure(cancelled, PRODUCTION_TIMING)).toBe(cancelled);
  });
});
