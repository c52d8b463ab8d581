import { InvalidInput } from '../../errors.js';
import { loadReceiverKey } from '../../security/jwk-file.js';
import { SealingKeyInvalid } from '../../security/sealed.js';

/**
 * The public key in a file, as `--receiver-key` names it.
 *
 * @throws InvalidInput; no message holds a part of the file
 */
export async function readReceiverKey(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return { ...(await loadReceiverKey(file)) };
  } catch (error) {
    if (!(error instanceof SealingKeyInvalid)) throw error;
    throw new InvalidInput([{ path: 'receiver', message: error.problem }]);
  }
}
