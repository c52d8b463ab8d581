import { createHmac, hkdfSync } from 'node:crypto';
import type { JWK } from 'jose';
import type { CommandKey } from '../domain/operations.js';
import { headerOf, open, seal, SealingKeyInvalid, type SealingKeys } from './sealed.js';

/** Hex digits of a handle: 128 bits, because who knows a handle may claim what it names. */
const HANDLE_LENGTH = 32;

/** In the header of what was made for a receiver: key ids alone do not tell it from old workers'. */
const FOR_RECEIVER = 'sitewright-receiver';

/**
 * Names and seals secrets on their way out (D 7): with the worker's own key, or for a receiver.
 *
 * A handle is an HMAC over the command: the second attempt of an activity finds what the first has
 * stored, and nobody without the worker's private key can tell a handle from the ids of its
 * operation, which are no secrets. After the sealing key was changed the same command has another
 * handle; what waits under the old one can no longer be opened anyway.
 *
 * @param configured public key of the receiver whom requests need not name
 */
export function createHandOverKeys({ publicJwk, privateJwk }: SealingKeys, configured?: JWK) {
  const secret = hkdfSync('sha256', privateJwk.d ?? '', '', 'sitewright hand-over handles', 32);
  const hmacKey = Buffer.from(secret);

  async function sealFor(value: string, named: JWK | undefined): Promise<string> {
    const receiver = named ?? configured;
    const { sealed } = await (receiver === undefined
      ? seal(value, publicJwk)
      : seal(value, receiver, FOR_RECEIVER));
    return sealed;
  }

  function receiverOf(sealed: string): string | null {
    const header = headerOf(sealed);
    return header?.typ === FOR_RECEIVER ? (header.kid ?? 'without an id') : null;
  }

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
     * Seals a secret to the receiver that is named, else the configured one, else to the workers.
     *
     * @throws SealingKeyInvalid when nothing can be sealed to the receiver's key
     */
    sealFor,

    /** Whom a secret would be sealed to, found out by doing it; null: the workers. */
    async receiverFor(
      named: JWK | undefined,
    ): Promise<{ readonly keyId: string } | { readonly problem: string } | null> {
      try {
        const keyId = receiverOf(await sealFor('', named));
        return keyId === null ? null : { keyId };
      } catch (error) {
        if (!(error instanceof SealingKeyInvalid)) throw error;
        return { problem: error.message };
      }
    },

    /** Id of the key of the receiver whom a secret was made for; null: it was sealed to workers. */
    receiverOf,

    /**
     * Seals to somebody else what was sealed to the workers. What was made for a receiver stays as it
     * is: the workers cannot open it.
     *
     * @throws SealedValueUnreadable when it was sealed to a key that the workers have no more
     * @throws SealingKeyInvalid when nothing can be sealed to the claimant's key
     */
    async reseal(sealed: string, claimant: JWK): Promise<string> {
      if (receiverOf(sealed) !== null) return sealed;
      return (await seal(await open({ sealed }, privateJwk), claimant)).sealed;
    },
  };
}
