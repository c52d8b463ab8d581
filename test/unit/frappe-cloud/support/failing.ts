import { PressError } from '../../../../src/frappe-cloud/errors.js';

/** The PressError that a call ends with; anything else fails the test. */
export async function pressErrorOf(call: Promise<unknown>): Promise<PressError> {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof PressError) return error;
  throw error;
}
