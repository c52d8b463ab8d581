import type { InputProblem } from './schemas/common.js';

/** The input cannot start an operation; nothing was sent. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super(
      `cannot start, nothing was sent: ${problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
    );
    this.problems = problems;
  }
}

/** The idempotency key was used before, with another input. */
export class IdempotencyConflict extends Error {
  override readonly name = 'IdempotencyConflict';
  readonly operationId: string;

  constructor(operationId: string) {
    super(
      `this idempotency key belongs to operation ${operationId}, which was asked something else`,
    );
    this.operationId = operationId;
  }
}

/** Several operations of a site are open; say which one. */
export class SiteBusy extends Error {
  override readonly name = 'SiteBusy';
  readonly operationIds: readonly string[];

  constructor(site: string, operationIds: readonly string[]) {
    super(`${site} has ${operationIds.length} open operations: ${operationIds.join(', ')}`);
    this.operationIds = operationIds;
  }
}

/** There is no such operation. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  /** What it was looked for among. */
  readonly among: 'operations' | 'schedules';

  constructor(message: string, among: NotFound['among'] = 'operations') {
    super(message);
    this.among = among;
  }
}

/** No secret is known by this handle. */
export class SecretUnknown extends Error {
  override readonly name = 'SecretUnknown';

  constructor() {
    super('no secret is known by this handle');
  }
}

/** A secret that cannot be had any more; the operation that made it is named. */
abstract class SecretGone extends Error {
  readonly operationId: string;

  constructor(message: string, operationId: string) {
    super(message);
    this.operationId = operationId;
  }
}

/** Nobody has claimed it in time: it is wiped. */
export class SecretExpired extends SecretGone {
  override readonly name = 'SecretExpired';

  constructor(label: string, operationId: string, since: string | null) {
    super(`the ${label} has expired${since === null ? '' : ` at ${since}`}`, operationId);
  }
}

/** Somebody was first; the ledger says who. */
export class SecretAlreadyClaimed extends SecretGone {
  override readonly name = 'SecretAlreadyClaimed';

  constructor(label: string, operationId: string, since: string | null) {
    super(`the ${label} was already claimed${since === null ? '' : ` at ${since}`}`, operationId);
  }
}

/** It was stored for a key that the workers have no more. */
export class SecretUnreadable extends SecretGone {
  override readonly name = 'SecretUnreadable';

  constructor(label: string, operationId: string) {
    super(`the ${label} was sealed to a key that the workers have no more`, operationId);
  }
}

/** Temporal does not answer, or no worker does. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly address: string;
  /** What to do about it. */
  readonly hint: string;

  /** `who`: "Temporal", or the worker behind it. */
  constructor(who: string, address: string, hint: string, cause?: unknown) {
    super(`${who} does not answer at ${address}. ${hint}`, { cause });
    this.address = address;
    this.hint = hint;
  }
}
