import type { Selectable } from 'kysely';
import type { OperationResult } from '../domain/operations.js';
import { appendEvents, appendMove, lockOperation } from './chain.js';
import type { LedgerDatabase } from './database.js';

import { canonicalJson, storable } from './json.js';
import { openingOf, openOperation } from './opening.js';
import type { OperationsTable } from './schema.js';
import type { Json, Ledger, OperationRow } from './types.js';

type Operations = Pick<
  Ledger,
  'openOperation' | 'record' | 'closeOperation' | 'getOperation' | 'findOperations'
>;

/** Operations: their opening, phases and end. */
export function operations(database: LedgerDatabase): Operations {
  return {
    openOperation: (operation, event) =>
      database.write((tx) => openOperation(tx, storable(operation), event)),

    record: (operationId, change) =>
      database.write(async (tx) => {
        const row = await lockOperation(tx, operationId);
        await appendEvents(tx, row, change.events ?? []);
        if (row.closed_at !== null) return;
        const { state = row.state, site = row.site, needsAttention } = storable(change);
        await tx
          .updateTable('operations')
          .set({
            state,
            site,
            needs_attention:
              needsAttention === undefined ? row.needs_attention : bit(needsAttention),
          })
          .where('operation_id', '=', operationId)
          .execute();
      }),

    closeOperation: (result, event) =>
      database.write(async (tx) => {
        const { operationId, outcome } = result;
        const row = await lockOperation(tx, operationId);
        if (row.closed_at !== null) return;
        await appendMove(tx, row, event, { closed: result });
        await tx.deleteFrom('locks').where('operation_id', '=', operationId).execute();
        await tx
          .updateTable('operations')
          .set({
            state: outcome,
            needs_attention: 0,
            closed_at: new Date().toISOString(),
            result: canonicalJson(result),
          })
          .where('operation_id', '=', operationId)
          .execute();
      }),

    getOperation: (operationId) =>
      database.read(async (db) => {
        const row = await db
          .selectFrom('operations')
          .selectAll()
          .where('operation_id', '=', operationId)
          .executeTakeFirst();
        return row === undefined ? null : toOperation(row);
      }),

    findOperations: ({ site, open: isOpen, needsAttention, limit }) =>
      database.read(async (db) => {
        let query = db.selectFrom('operations').selectAll();
        if (site !== undefined) query = query.where('site', '=', site);
        if (isOpen !== undefined) query = query.where('closed_at', isOpen ? 'is' : 'is not', null);
        if (needsAttention !== undefined) {
          query = query.where('needs_attention', '=', bit(needsAttention));
        }
        if (limit !== undefined) query = query.limit(limit);
        const rows = await query
          .orderBy('opened_at', 'desc')
          .orderBy('operation_id', 'desc')
          .execute();
        return rows.map(toOperation);
      }),
  };
}

function toOperation(row: Selectable<OperationsTable>): OperationRow {
  return {
    operationId: row.operation_id,
    ...openingOf(row),
    site: row.site,
    workflowId: row.workflow_id,
    runId: row.run_id,
    state: row.state,
    needsAttention: row.needs_attention === 1,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    result: row.result === null ? null : resultOf(row.result),
    input: JSON.parse(row.input) as Json,
  };
}

const resultOf = (text: string) => JSON.parse(text) as OperationResult;

const bit = (value: boolean) => (value ? 1 : 0);
