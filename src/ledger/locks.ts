import type { Transaction } from 'kysely';
import { lockOperation } from './chain.js';
import { type LedgerDatabase, LostRace } from './database.js';
import { OperationClosed } from './errors.js';
import { storable } from './json.js';
import type { Schema } from './schema.js';
import type { Ledger, LockAnswer } from './types.js';

/** Locks on sites, subdomains and groups (D 4.1). */
export function locks(
  database: LedgerDatabase,
): Pick<Ledger, 'acquireLocks' | 'releaseLocks' | 'locks'> {
  return {
    acquireLocks: (operationId, resources) =>
      database.write((tx) => acquire(tx, operationId, [...new Set(storable(resources))].sort())),

    releaseLocks: (operationId, resources) =>
      database.write(async (tx) => {
        if (resources?.length === 0) return;
        const held = tx.deleteFrom('locks').where('operation_id', '=', operationId);
        const named = resources === undefined ? held : held.where('resource', 'in', resources);
        await named.execute();
      }),

    locks: () =>
      database.read((db) =>
        db
          .selectFrom('locks')
          .select(['resource', 'operation_id as operationId', 'since'])
          .orderBy('since')
          .orderBy('resource')
          .execute(),
      ),
  };
}

/** `resources` are sorted, so that two who want the same ones never wait for each other. */
async function acquire(
  tx: Transaction<Schema>,
  operationId: string,
  resources: readonly string[],
): Promise<LockAnswer> {
  const operation = await lockOperation(tx, operationId);
  // An activity that stalled past the end would leave a lock that nobody releases.
  if (operation.closed_at !== null) throw new OperationClosed(`operation ${operationId} is closed`);
  if (resources.length === 0) return { acquired: true };

  const held = await tx
    .selectFrom('locks')
    .innerJoin('operations', 'operations.operation_id', 'locks.operation_id')
    .select(['resource', 'locks.operation_id as operationId', 'kind', 'site', 'since'])
    .where('resource', 'in', resources)
    .orderBy('resource')
    .execute();
  const busy = held.find((lock) => lock.operationId !== operationId);
  if (busy !== undefined) {
    const { resource, ...holder } = busy;
    return { acquired: false, resource, holder };
  }

  const missing = resources.filter((resource) => !held.some((lock) => lock.resource === resource));
  if (missing.length === 0) return { acquired: true };
  const since = new Date().toISOString();
  const taken = await tx
    .insertInto('locks')
    .values(missing.map((resource) => ({ resource, operation_id: operationId, since })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('resource')
    .execute();
  if (taken.length < missing.length) throw new LostRace('another operation took a lock meanwhile');
  return { acquired: true };
}
