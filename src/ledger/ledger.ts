import { fileURLToPath } from 'node:url';
import { toEvent } from './chain.js';
import { commands } from './commands.js';
import type { LedgerDatabase } from './database.js';
import { decisions } from './decisions.js';
import { handovers } from './handovers.js';
import { locks } from './locks.js';
import { migrate, requireMigrated } from './migrations.js';
import { operationIds } from './operation-ids.js';
import { operations } from './operations.js';
import { openPostgres } from './postgres.js';
import { openSqlite } from './sqlite.js';
import type { Ledger } from './types.js';
import { verification } from './verify.js';

/**
 * Opens the ledger and brings its tables to this release's schema; of those who only read, `asItIs`
 * leaves that to the workers.
 * @param options.url `postgres://…`, or a SQLite file as path or `file:` URL, made when missing.
 * @throws LedgerUnavailable when the database does not answer: try again.
 * @throws LedgerTooNew when a newer release has migrated it.
 * @throws LedgerTooOld when it has to be migrated, and is taken as it is.
 */
export async function openLedger({
  url,
  asItIs = false,
}: {
  readonly url: string;
  readonly asItIs?: boolean;
}): Promise<Ledger> {
  const database = /^postgres(ql)?:/.test(url) ? openPostgres(url) : await openSqlite(pathOf(url));
  try {
    const schemaVersion = await (asItIs ? requireMigrated : migrate)(database);
    return ledgerOn(database, schemaVersion);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Events in one question of {@link Ledger.recorded}; databases bound the parameters of a query. */
const ASKED_AT_ONCE = 400;

function ledgerOn(database: LedgerDatabase, schemaVersion: number): Ledger {
  return {
    ...operations(database),
    ...operationIds(database),
    ...locks(database),
    ...commands(database),
    ...decisions(database),
    ...handovers(database),
    ...verification(database),

    events: (operationId) =>
      database.read(async (db) => {
        const rows = await db
          .selectFrom('ledger_events')
          .selectAll()
          .where('operation_id', '=', operationId)
          .orderBy('sequence')
          .execute();
        return rows.map(toEvent);
      }),

    recorded: async (events) => {
      const found = new Set<(typeof events)[number]>();
      for (let from = 0; from < events.length; from += ASKED_AT_ONCE) {
        const some = events.slice(from, from + ASKED_AT_ONCE);
        const rows = await database.read((db) =>
          db
            .selectFrom('ledger_events')
            .select(['operation_id', 'event_key'])
            .where(
              'operation_id',
              'in',
              some.map(({ operationId }) => operationId),
            )
            .where(
              'event_key',
              'in',
              some.map(({ key }) => key),
            )
            .execute(),
        );
        const known = new Set(rows.map((row) => `${row.operation_id} ${row.event_key}`));
        for (const event of some) {
          if (known.has(`${event.operationId} ${event.key}`)) found.add(event);
        }
      }
      return found;
    },

    health: () =>
      database.read(async (db) => {
        const counted = await db
          .selectFrom('operations')
          .select(({ fn }) => [
            fn.countAll<number>().as('operations'),
            fn.count<number>('closed_at').as('closed'),
          ])
          .executeTakeFirstOrThrow();
        return {
          dialect: database.dialect,
          schemaVersion,
          operations: counted.operations,
          open: counted.operations - counted.closed,
        };
      }),

    close: () => database.close(),
  };
}

function pathOf(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url);
  return url.replace(/^file:/, '');
}
