import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { Unreachable } from '../errors.js';

/** gRPC DEADLINE_EXCEEDED and UNAVAILABLE. */
const NO_ANSWER = [4, 14];
/**
 * RESOURCE_EXHAUSTED and FAILED_PRECONDITION: queries pile up at the server while no worker takes
 * them, or it has not seen one lately.
 */
const NOBODY_WORKS = [8, 9];

/** Who has to answer a call, and what to do when nobody does. */
export interface Callee {
  readonly who: string;
  readonly hint: string;
  /** Further gRPC codes that mean so. */
  readonly codes?: readonly number[];
}

/** Everything but queries and updates is answered by the server alone. */
export const SERVER: Callee = {
  who: 'Temporal',
  hint: 'Start the local stack with `npm start`, or point TEMPORAL_ADDRESS to yours.',
};

export const WORKER: Callee = {
  who: 'The worker of Sitewright',
  hint: 'The Temporal server is there; is a worker running? (npx sitewright doctor)',
  codes: NOBODY_WORKS,
};

/** Runs a call; what means "nobody answers" becomes {@link Unreachable}. */
export async function reaching<T>(
  address: string,
  { who, hint, codes = [] }: Callee,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const cause = error instanceof ServiceError ? error.cause : error;
    if (isGrpcServiceError(cause) && [...NO_ANSWER, ...codes].includes(cause.code)) {
      throw new Unreachable(who, address, hint, error);
    }
    throw error;
  }
}
