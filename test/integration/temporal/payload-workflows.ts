import { ApplicationFailure, defineQuery, setHandler } from '@temporalio/workflow';

export const lastWordsQuery = defineQuery<string>('lastWords');

/** Returns what it was given. */
export async function echo(value: unknown): Promise<unknown> {
  return value;
}

/** Fails with what it was given in its message and details. */
export async function fail(secret: string): Promise<never> {
  setHandler(lastWordsQuery, () => secret);
  throw ApplicationFailure.nonRetryable(`refused: ${secret}`, 'Refused', { secret });
}
