import type { Selectable, Transaction } from 'kysely';
import { CHAIN_START, hashOf, toEvent } from './chain.js';
import { contradictions } from './contradictions.js';
import type { LedgerDatabase } from './database.js';
import { UnknownOperation } from './errors.js';
import type { LedgerEventsTable, OperationsTable, Schema } from './schema.js';
import type { ChainFault, Ledger, StoredEvent } from './types.js';

/**
 * Compares every chain with itself and with what the tables say (D 5). Finds accidents and
 * careless edits; somebody who recomputes all hashes goes unnoticed.
 */
export function verification(database: LedgerDatabase): Pick<Ledger, 'verify'> {
  const verifyOne = (operationId: string) => database.snapshot((tx) => faultsOf(tx, operationId));
  return {
    async verify(operationId) {
      if (operationId !== undefined) return verifyOne(operationId);
      const faults: ChainFault[] = [];
      for (const id of await operationIds(database)) faults.push(...(await verifyOne(id)));
      return faults;
    },
  };
}

/** Of all operations, and of events whose operation is gone. */
async function operationIds(database: LedgerDatabase): Promise<readonly string[]> {
  const rows = await database.read((db) =>
    db
      .selectFrom('operations')
      .select('operation_id')
      .union(db.selectFrom('ledger_events').select('operation_id'))
      .execute(),
  );
  return rows.map((row) => row.operation_id).sort();
}

async function faultsOf(
  tx: Transaction<Schema>,
  operationId: string,
): Promise<readonly ChainFault[]> {
  const operation = await tx
    .selectFrom('operations')
    .selectAll()
    .where('operation_id', '=', operationId)
    .executeTakeFirst();
  const rows = await tx
    .selectFrom('ledger_events')
    .selectAll()
    .where('operation_id', '=', operationId)
    .orderBy('sequence')
    .execute();
  if (operation === undefined) {
    if (rows.length === 0)
      throw new UnknownOperation(`the ledger knows no operation ${operationId}`);
    return [{ operationId, sequence: 1, problem: 'the operation of these entries is missing' }];
  }
  const { faults, events } = walk(operation, rows);
  if (faults.length > 0) return faults;
  return contradictions(tx, operation, events);
}

/** The chain by itself. */
function walk(
  operation: Selectable<OperationsTable>,
  rows: readonly Selectable<LedgerEventsTable>[],
): { readonly faults: readonly ChainFault[]; readonly events: readonly StoredEvent[] } {
  const faults: ChainFault[] = [];
  const events: StoredEvent[] = [];
  const fault = (sequence: number, problem: string) =>
    faults.push({ operationId: operation.operation_id, sequence, problem });
  let expected = 1;
  let previousHash = CHAIN_START;
  for (const row of rows) {
    if (row.sequence !== expected) {
      fault(expected, `entries ${expected} to ${row.sequence - 1} are missing`);
    } else if (row.previous_hash !== previousHash) {
      fault(row.sequence, 'it does not follow the entry before it');
    }
    const event = readEvent(row);
    if (event === null || hashOf(event) !== row.hash) fault(row.sequence, 'it was changed');
    else events.push(event);
    expected = row.sequence + 1;
    previousHash = row.hash;
  }
  const length = expected - 1;
  if (length < operation.chain_length) {
    fault(expected, `entries ${expected} to ${operation.chain_length} are missing`);
  } else if (length > operation.chain_length || previousHash !== operation.chain_head) {
    fault(length, 'the chain does not end where the operation says');
  }
  return { faults, events };
}

function readEvent(row: Selectable<LedgerEventsTable>): StoredEvent | null {
  try {
    return toEvent(row);
  } catch {
    return null;
  }
}
