import { InvalidInput } from '../errors.js';
import { open, SealingKeyInvalid, type SealingKeys, sealingKeysOf } from '../security/sealed.js';

/**
 * Opens what a claim has answered sealed to a receiver; nothing is asked of anybody. The key is the
 * private one of the receiver, as a JWK.
 *
 * @throws InvalidInput when it is no private key; SealedValueUnreadable when it is another one
 */
export async function openSecret(
  value: string,
  key: Readonly<Record<string, unknown>>,
): Promise<string> {
  return String(await open({ sealed: value }, privateKeyOf(key).privateJwk));
}

/**
 * Both halves of a receiver's key.
 *
 * @throws InvalidInput when it is no private key
 */
export function privateKeyOf(key: Readonly<Record<string, unknown>>): SealingKeys {
  try {
    return sealingKeysOf(key, 'it');
  } catch (error) {
    if (!(error instanceof SealingKeyInvalid)) throw error;
    throw new InvalidInput([{ path: 'key', message: error.problem }]);
  }
}
