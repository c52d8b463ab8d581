import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { Unreachable } from '../errors.js';

/** gRPC DEADLINE_EXCEEDED and UNAVAILABLE. */
const NO_ANSWER = [4, 14];

/** Runs a call to Temporal; what means "nobody answers" becomes {@link Unreachable}. */
export async function reaching<T>(
  address: string,
  hint: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const cause = error instanceof ServiceError ? error.cause : error;
    if (isGrpcServiceError(cause) && NO_ANSWER.includes(cause.code)) {
      throw new Unreachable(address, hint, error);
    }
    throw error;
  }
}
