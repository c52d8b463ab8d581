import { endOfUpdate, type UpdateState, type UpdateStates } from '../../domain/bench-deploys.js';
import { isOutcome } from '../../domain/operations.js';
import type { OperationRow } from '../../ledger/types.js';
import type { ActivityDeps } from '../deps.js';

/** How the updates of a deploy's sites stand, by the ledger: whose run it is does not matter. */
export function createUpdateStatesActivities({ ledger, timing }: ActivityDeps) {
  return {
    async readUpdateStates(args: {
      readonly operationIds: readonly string[];
    }): Promise<UpdateStates> {
      const rows = await Promise.all(args.operationIds.map((id) => ledger.getOperation(id)));
      return {
        states: rows.flatMap((row) => (row === null ? [] : [stateOf(row)])),
        askAgainMs: timing.pollMax,
      };
    },
  };
}

function stateOf({ operationId, state, needsAttention, result }: OperationRow): UpdateState {
  const shared = { operationId, ok: false, reason: '' };
  if (result !== null) return { ...shared, state: 'ended', ...endOfUpdate(result) };
  if (isOutcome(state)) return { ...shared, state: 'ended', reason: state };
  // It stays `needs_human` in the record until something else is written, but somebody has answered.
  const asks = state === 'needs_human' && needsAttention;
  return { ...shared, state: asks ? 'needs_human' : 'open' };
}
