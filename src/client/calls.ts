import { isGrpcServiceError, QueryNotRegisteredError, ServiceError } from '@temporalio/client';
import { Unreachable } from '../errors.js';

/** gRPC DEADLINE_EXCEEDED and UNAVAILABLE. */
const NO_ANSWER = [4, 14];
/**
 * CANCELLED, RESOURCE_EXHAUSTED and FAILED_PRECONDITION: the worker died with a query in its hands,
 * queries pile up at the server while no worker takes them, or it has not seen one lately.
 */
const NOBODY_WORKS = [1, 8, 9];

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

/** A worker that has only just taken a run over refuses to tell of it (src/workflows/interceptors.ts). */
export class JustTakenOver extends Unreachable {
  constructor(address: string, cause: unknown) {
    const hint =
      'A worker has only just taken the operation over: ask again in some seconds. ' +
      'Of a run that Temporal has ended it may never tell: npx sitewright ledger <operation>';
    super(WORKER.who, address, hint, cause);
  }
}

/** Runs a call; what means "nobody answers" becomes {@link Unreachable}. */
export async function reaching<T>(
  address: string,
  { who, hint, codes = [] }: Callee,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // What the SDK calls every query that its workflow refuses; all operations know ours.
    if (error instanceof QueryNotRegisteredError) throw new JustTakenOver(address, error);
    const cause = error instanceof ServiceError ? error.cause : error;
    if (isGrpcServiceError(cause) && [...NO_ANSWER, ...codes].includes(cause.code)) {
      throw new Unreachable(who, address, hint, error);
    }
    throw error;
  }
}
