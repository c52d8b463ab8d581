import type { InputProblem } from './schemas/provision-site.js';

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
}

/** Temporal does not answer, or no worker does. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly address: string;
  /** What to do about it. */
  readonly hint: string;

  constructor(address: string, hint: string, cause?: unknown) {
    super(`Temporal does not answer at ${address}. ${hint}`, { cause });
    this.address = address;
    this.hint = hint;
  }
}
