import type { LedgerDatabase } from './database.js';
import type { Ledger } from './types.js';

/** Ids at once: few enough to hold, enough that the table is gone through only now and then. */
const PAGE = 5_000;

/** Goes through all operations, a page of ids at a time. */
export function operationIds(database: LedgerDatabase): Pick<Ledger, 'operationIds'> {
  return {
    async *operationIds(pageSize = PAGE) {
      let after = { opened_at: '', operation_id: '' };
      for (;;) {
        const page = await pageOf(database, after, pageSize);
        for (const { operation_id } of page) yield operation_id;
        const last = page.at(-1);
        if (last === undefined) return;
        after = last;
      }
    },
  };
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
