import { MaplePressError } from './errors.js';

/**
 * Waits for the token of a call. The login is shared, so a caller that gives up only stops waiting.
 * Whatever goes wrong with it, the call itself did nothing: `sent` is `no`.
 *
 * @param endpoint of the call
 * @throws MaplePressError
 */
export async function whileWanted(
  login: () => Promise<string>,
  endpoint: string,
  signal: AbortSignal,
): Promise<string> {
  const givenUp = () =>
    new MaplePressError({
      code: 'ABORTED',
      message: 'not sent: the call was given up',
      endpoint,
      sent: 'no',
    });
  if (signal.aborted) throw givenUp();
  let stopWaiting = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    stopWaiting = () => reject(givenUp());
    signal.addEventListener('abort', stopWaiting, { once: true });
  });
  try {
    return await Promise.race([login(), left]);
  } catch (error) {
    if (!(error instanceof MaplePressError) || error.endpoint === endpoint) throw error;
    throw new MaplePressError({
      ...error.toJSON(),
      message: `not sent: login failed: ${error.message}`,
      endpoint,
      sent: 'no',
      ended: false,
    });
  } finally {
    signal.removeEventListener('abort', stopWaiting);
  }
}
