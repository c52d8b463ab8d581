import { createHmac, hkdfSync } from 'node:crypto';
import type { CommandKey } from '../domain/operations.js';
import { open, seal, type SealingKeys } from './sealed.js';

/** Hex digits of a handle: 128 bits, because who knows a handle may claim what it names. */
const HANDLE_LENGTH = 32;

/**
 * Names and seals secrets on their way out with the worker's own key (D 7).
 *
 * A handle is an HMAC over the command: the second attempt of an activity finds what the first has
 * stored, and nobody without the worker's private key can tell a handle from the ids of its
 * operation, which are no secrets. After the sealing key was changed the same command has another
 * handle; what waits under the old one can no longer be opened anyway.
 */
export function createHandOverKeys({ publicJwk, privateJwk }: SealingKeys) {
  const secret = hkdfSync('sha256', privateJwk.d ?? '', '', 'sitewright hand-over handles', 32);
  const hmacKey = Buffer.from(secret);
  return {
    handleOf({ operationId, step, round }: CommandKey): string {
      const named = JSON.stringify([operationId, step, round]);
      return createHmac('sha256', hmacKey).update(named).digest('hex').slice(0, HANDLE_LENGTH);
    },

    /** Seals a secret to the workers themselves. */
    async seal(value: string): Promise<string> {
      return (await seal(value, publicJwk)).sealed;
    },

    /**
     * Seals to somebody else what was sealed to the workers.
     *
     * @throws SealedValueUnreadable when it was sealed to a key that the workers have no more
     * @throws SealingKeyInvalid when nothing can be sealed to the receiver's key
     */
    async reseal(sealed: string, receiver: Readonly<Record<string, unknown>>): Promise<string> {
      return (await seal(await open({ sealed }, privateJwk), receiver)).sealed;
    },
  };
}
