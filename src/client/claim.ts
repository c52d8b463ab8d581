import { randomUUID } from 'node:crypto';
import type { Claim, ClaimedSecret } from '../client.js';
import type { ClaimAnswer, ClaimSecretInput } from '../domain/hand-over.js';
import {
  InvalidInput,
  SecretAlreadyClaimed,
  SecretExpired,
  SecretUnknown,
  SecretUnreadable,
  Unreachable,
} from '../errors.js';
import { ClaimSecretInputSchema } from '../schemas/claim-secret.js';
import {
  createSealingKeys,
  open,
  SealedValueUnreadable,
  type SealingKeys,
} from '../security/sealed.js';
import { privateKeyOf } from './open-secret.js';

/** A claim may be taken in the very moment in which nobody waits for it any more. */
const ATTEMPTS = 3;

/** Runs the claim workflow under an id, for its answer. */
type RunClaim = (workflowId: string, input: ClaimSecretInput) => Promise<ClaimAnswer>;

/**
 * Claims a secret with the receiver's key, or a key pair that lives as long as the call. An answer that
 * was lost is asked for again under the same id and key, which gets the same answer.
 *
 * @throws InvalidInput, Unreachable and what `Sitewright.claimSecret` tells
 */
export async function claim(
  run: RunClaim,
  handle: string,
  { by, key }: Claim,
): Promise<ClaimedSecret> {
  const { publicJwk, privateJwk } = key ? privateKeyOf(key) : await createSealingKeys();
  const input = { handle, by, receiver: { ...publicJwk } };
  const checked = ClaimSecretInputSchema.safeParse(input);
  if (!checked.success) {
    throw new InvalidInput(
      checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    );
  }
  const workflowId = `claimSecret:${randomUUID()}`;
  const answer = await insistently(() => run(workflowId, checked.data));
  switch (answer.status) {
    case 'claimed':
      return opened(answer, privateJwk);
    case 'unknown':
      throw new SecretUnknown();
    case 'expired':
      throw new SecretExpired(answer.label, answer.operationId, answer.since);
    case 'already_claimed':
      throw new SecretAlreadyClaimed(answer.label, answer.operationId, answer.since);
    case 'unreadable':
      throw new SecretUnreadable(answer.label, answer.operationId);
    case 'refused':
      throw new InvalidInput([{ path: '', message: answer.reason }]);
  }
}

/** What is for a key that is not at hand is answered as it is: it was claimed, and must not be lost. */
async function opened(
  { label, operationId, sealed, sealedFor }: Extract<ClaimAnswer, { readonly status: 'claimed' }>,
  privateJwk: SealingKeys['privateJwk'],
): Promise<ClaimedSecret> {
  try {
    const value = String(await open({ sealed }, privateJwk));
    return { label, operationId, value, sealedFor: null };
  } catch (error) {
    if (!(error instanceof SealedValueUnreadable) || sealedFor === undefined) throw error;
    return { label, operationId, value: sealed, sealedFor };
  }
}

async function insistently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable) || attempt >= ATTEMPTS) throw error;
    }
  }
}
