import type { DeleteWordPressSiteInput } from '../domain/inputs.js';
import { DELETE, GONE_ALREADY, NEVER_KNOWN, type NeverKnown } from '../domain/maplepress.js';
import type { OperationResult } from '../domain/operations.js';
import {
  deleteRegistration,
  exportRegistration,
  planDeletion,
  verifyDeletion,
} from './activities.js';
import { wipe } from './maplepress-key.js';
import { operation } from './operation.js';
import type { Op } from './runbook.js';

/**
 * Takes a WordPress site off MaplePress: key, index, statistics and settings. Nothing brings them
 * back.
 *
 * 1. export     what MaplePress tells of it goes into the ledger
 * 2. delete     point of no return; gone already is a success
 * 3. verify     its id answers 404, the list names it no more; what waits of its secrets is wiped
 */
export async function deleteWordPressSite(
  input: DeleteWordPressSiteInput,
): Promise<OperationResult> {
  return operation('maplepress-delete', input, planDeletion, async (op, plan) => {
    const { account } = input;
    const { id, domain, neverKnown } = plan.material.target;
    if (id === null) return nothingThere(op, domain, neverKnown);
    const exported = await op.read('export', exportRegistration, {
      id,
      domain,
      operationId: op.operationId,
    });
    op.mark('export', 'done', exported.details['usage'] ?? 'there is nothing left');
    if (!exported.found) return nothingThere(op, domain);
    op.remember({ registration: id, ...exported.details });

    op.pointOfNoReturn();
    await op.command(DELETE, deleteRegistration, { id, domain });
    op.mark(DELETE, 'done');
    await op.verify(verifyDeletion, (deadline) => ({ account, id, domain, deadline }));
    await wipe(op, { domain });
    return op.succeed({});
  });
}

/** Whoever has deleted it, if there ever was one: what waits of its secrets opens nothing any more. */
async function nothingThere(op: Op, domain: string, neverKnown?: NeverKnown) {
  await wipe(op, { domain });
  if (neverKnown === undefined) return op.succeed({ registration: GONE_ALREADY });
  const { spelledAlike } = neverKnown;
  return op.succeed({
    registration: NEVER_KNOWN,
    ...(spelledAlike.length > 0 && { registered: spelledAlike.join(', ') }),
  });
}
