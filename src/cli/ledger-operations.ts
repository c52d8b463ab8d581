import type { LedgerDatabase } from '../ledger/database.js';
import { openPostgres } from '../ledger/postgres.js';
import { openSqlite } from '../ledger/sqlite.js';
import { ledgerFileOf } from './ledger-reading.js';

/** Ids at once: few enough to hold, enough that the table is gone through only now and then. */
const PAGE = 5_000;

/** Ids of all operations of a ledger that is there, oldest first; holds one page of them. */
export async function* allOperationIds(
  ledgerUrl: string,
  pageSize: number = PAGE,
): AsyncGenerator<string> {
  const file = ledgerFileOf(ledgerUrl);
  const database = file === null ? openPostgres(ledgerUrl) : await openSqlite(file);
  try {
    let after = { opened_at: '', operation_id: '' };
    for (;;) {
      const page = await pageOf(database, after, pageSize);
      for (const { operation_id } of page) yield operation_id;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last;
    }
  } finally {
    await database.close();
  }
}

function pageOf(
  database: LedgerDatabase,
  after: { readonly opened_at: string; readonly operation_id: string },
  size: number,
) {
  return database.read((db) =>
    db
      .selectFrom('operations')
      .select(['opened_at', 'operation_id'])
      .where((is) =>
        is.or([
          is('opened_at', '>', after.opened_at),
          is.and([
            is('opened_at', '=', after.opened_at),
            is('operation_id', '>', after.operation_id),
          ]),
        ]),
      )
      .orderBy('opened_at')
      .orderBy('operation_id')
      .limit(size)
      .execute(),
  );
}
