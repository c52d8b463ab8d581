import { activityInfo } from '@temporalio/activity';
import type { ClaimAnswer } from '../domain/hand-over.js';
import type { StoredHandover } from '../ledger/types.js';
import { ClaimSecretInputSchema } from '../schemas/claim-secret.js';
import type { ActivityDeps } from './deps.js';

/** Hands a stored secret to the one who claims it first (D 7). */
export function createClaimActivities({ ledger, handOverKeys }: ActivityDeps) {
  return {
    /**
     * Claims under the id of the workflow, so that a repeat gets the same answer and anybody else
     * none. Anybody may claim who knows the handle; who did, and who came too late, is in the
     * ledger.
     */
    async claimSecret(input: unknown): Promise<ClaimAnswer> {
      const parsed = ClaimSecretInputSchema.safeParse(input);
      if (!parsed.success) {
        const said = parsed.error.issues.map(
          ({ path, message }) => `${path.join('.')}: ${message}`,
        );
        return { status: 'refused', reason: said.join('; ').slice(0, 500) };
      }
      const { handle, by, receiver } = parsed.data;
      const known = await ledger.getHandover(handle);
      if (known === null) return { status: 'unknown' };

      const claimId = activityInfo().workflowExecution?.workflowId ?? '';
      const answer = await claim(known, claimId, receiver);
      const { operationId, label } = known;
      await ledger.record(operationId, {
        events: [
          {
            key: `secret/claim/${claimId}`,
            type: answer.status === 'claimed' ? 'secret.claimed' : 'secret.claim_refused',
            data: { label, by, status: answer.status, ...sealedForIn(answer) },
          },
        ],
      });
      return answer;
    },
  };

  async function claim(
    { handle, label, operationId, ...known }: StoredHandover,
    claimId: string,
    receiver: Readonly<Record<string, unknown>>,
  ): Promise<ClaimAnswer> {
    try {
      const taken = await ledger.claimHandover(handle, claimId, (sealed) =>
        handOverKeys.reseal(sealed, receiver),
      );
      switch (taken.status) {
        case 'claimed': {
          const { status, sealed } = taken;
          const sealedFor = handOverKeys.receiverOf(sealed);
          return { status, label, operationId, sealed, ...(sealedFor !== null && { sealedFor }) };
        }
        case 'unknown':
          return { status: 'unknown' };
        case 'expired':
          return known.claimedAt === null
            ? { status: 'expired', label, operationId, since: known.expiresAt }
            : { status: 'already_claimed', label, operationId, since: known.claimedAt };
        case 'gone': {
          const now = await ledger.getHandover(handle);
          return { status: 'already_claimed', label, operationId, since: now?.claimedAt ?? null };
        }
      }
    } catch (error) {
      // Nothing was taken. By name: the classes are those of security/, which is not ours to import.
      if (!(error instanceof Error)) throw error;
      if (error.name === 'SealedValueUnreadable') {
        return { status: 'unreadable', label, operationId, since: null };
      }
      if (error.name === 'SealingKeyInvalid') return { status: 'refused', reason: error.message };
      throw error;
    }
  }
}

/** Who alone can read what was claimed, for the record. */
function sealedForIn(answer: ClaimAnswer): { readonly sealedFor?: string } {
  const { sealedFor } = answer.status === 'claimed' ? answer : {};
  return sealedFor === undefined ? {} : { sealedFor };
}
