import type { Insertable, Selectable, Transaction } from 'kysely';
import type { OperationResult } from '../domain/operations.js';
import { appendMove, CHAIN_START, lockOperation } from './chain.js';
import { LostRace } from './database.js';
import { canonicalJson } from './json.js';
import type { OperationsTable, Schema } from './schema.js';
import type { LedgerEvent, OpenAnswer, OpenOperation } from './types.js';

/** Opens an operation, or finds out what became of an earlier opening (D 4.1). */
export async function openOperation(
  tx: Transaction<Schema>,
  operation: OpenOperation,
  event: LedgerEvent,
): Promise<OpenAnswer> {
  const inserted = await tx
    .insertInto('operations')
    .values(newRow(operation))
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted === undefined) return openKnown(tx, operation, event);
  await appendMove(tx, inserted, event, { opened: openingOf(inserted) });
  return { status: 'opened' };
}

/** The operation id is known, or its requester has used the idempotency key before. */
async function openKnown(
  tx: Transaction<Schema>,
  operation: OpenOperation,
  event: LedgerEvent,
): Promise<OpenAnswer> {
  const { operationId, runId, workflowId } = operation;
  const known = await tx
    .selectFrom('operations')
    .select('operation_id')
    .where((eb) =>
      eb.or([
        eb('operation_id', '=', operationId),
        eb.and([
          eb('requested_by', '=', operation.requestedBy),
          eb('idempotency_key', '=', operation.idempotencyKey),
        ]),
      ]),
    )
    .execute();
  const id = known.find((row) => row.operation_id === operationId) ?? known[0];
  if (id === undefined) throw new LostRace('the operation in the way is gone');
  const row = await lockOperation(tx, id.operation_id);

  const same = row.payload_hash === operation.payloadHash;
  const conflict: OpenAnswer = { status: 'conflict', operationId: row.operation_id };
  if (row.result !== null) {
    return same
      ? { status: 'closed', result: JSON.parse(row.result) as OperationResult }
      : conflict;
  }
  if (row.operation_id !== operationId) return conflict;
  if (row.run_id === runId) {
    return row.previous_run_id === null
      ? { status: 'opened' }
      : { status: 'reopened', previousRunId: row.previous_run_id };
  }
  if (!same) return conflict;
  const reopened = { runId, previousRunId: row.run_id };
  await appendMove(tx, row, event, { reopened });
  await tx
    .updateTable('operations')
    .set({ run_id: runId, previous_run_id: row.run_id, workflow_id: workflowId })
    .where('operation_id', '=', operationId)
    .execute();
  return { status: 'reopened', previousRunId: row.run_id };
}

function newRow(operation: OpenOperation): Insertable<OperationsTable> {
  return {
    operation_id: operation.operationId,
    kind: operation.kind,
    site: operation.site,
    account: operation.account,
    requested_by: operation.requestedBy,
    idempotency_key: operation.idempotencyKey,
    payload_hash: operation.payloadHash,
    reason: operation.reason,
    workflow_id: operation.workflowId,
    run_id: operation.runId,
    previous_run_id: null,
    input: canonicalJson(operation.input),
    state: 'preflight',
    needs_attention: 0,
    opened_at: new Date().toISOString(),
    closed_at: null,
    result: null,
    chain_length: 0,
    chain_head: CHAIN_START,
  };
}

/** What of an operation never changes, as its first event tells it. */
export function openingOf(row: Selectable<OperationsTable>) {
  return {
    kind: row.kind,
    account: row.account,
    requestedBy: row.requested_by,
    idempotencyKey: row.idempotency_key,
    payloadHash: row.payload_hash,
    reason: row.reason,
  };
}
