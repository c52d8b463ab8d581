import type { ClaimAnswer, ClaimSecretInput } from '../domain/hand-over.js';
import * as activities from './activities.js';

/** Hands a secret over to the first who claims it, sealed to their key (D 7). */
export async function claimSecret(input: ClaimSecretInput): Promise<ClaimAnswer> {
  return activities.claimSecret(input);
}
