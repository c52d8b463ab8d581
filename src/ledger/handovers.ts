import type { Selectable } from 'kysely';
import type { LedgerDatabase } from './database.js';
import type { Schema } from './schema.js';
import type { Handover, HandoverClaim, Ledger, StoredHandover } from './types.js';

type Handovers = Pick<
  Ledger,
  'putHandover' | 'claimHandover' | 'getHandover' | 'discardHandovers' | 'unclaimedHandovers'
>;
type Row = Selectable<Schema['handovers']>;

/** The one-time store for secrets on their way out (D 7): one claim, an expiry, no plain text. */
export function handovers(database: LedgerDatabase): Handovers {
  const now = () => new Date().toISOString();
  return {
    putHandover: ({ handle, operationId, label, sealed, expiresAt }) =>
      database.write(async (tx) => {
        await tx
          .insertInto('handovers')
          .values({
            handle,
            operation_id: operationId,
            label,
            sealed,
            created_at: now(),
            expires_at: expiresAt,
            claim_id: null,
            claimed_at: null,
          })
          .onConflict((conflict) => conflict.column('handle').doNothing())
          .execute();
      }),

    getHandover: (handle) =>
      database.read(async (db): Promise<StoredHandover | null> => {
        const row = await db
          .selectFrom('handovers')
          .selectAll()
          .where('handle', '=', handle)
          .executeTakeFirst();
        if (row === undefined) return null;
        // What a claim puts in its place is the claimant's.
        const readable = row.claim_id === null && row.expires_at > now();
        return { ...handoverOf(row), sealed: readable ? row.sealed : null };
      }),

    discardHandovers: (which) =>
      database.write(async (tx) => {
        const unclaimed = tx.deleteFrom('handovers').where('claim_id', 'is', null);
        const named =
          'handle' in which
            ? unclaimed.where('handle', '=', which.handle)
            : unclaimed.where('operation_id', '=', which.operationId);
        await named.execute();
      }),

    async claimHandover(handle, claimId, reseal): Promise<HandoverClaim> {
      const row = await database.read((db) =>
        db.selectFrom('handovers').selectAll().where('handle', '=', handle).executeTakeFirst(),
      );
      if (row === undefined) return { status: 'unknown' };
      if (row.expires_at <= now()) return { status: 'expired' };
      if (row.claim_id !== null && row.claim_id !== claimId) return { status: 'gone' };
      if (row.sealed === null) return { status: 'gone' };
      if (row.claim_id === claimId) return { status: 'claimed', sealed: row.sealed };

      // Resealed before it is taken: a claim that fails half-way has taken nothing.
      const sealed = await reseal(row.sealed);
      return database.write(async (tx): Promise<HandoverClaim> => {
        const { numUpdatedRows } = await tx
          .updateTable('handovers')
          .set({ sealed, claim_id: claimId, claimed_at: now() })
          .where('handle', '=', handle)
          .where('claim_id', 'is', null)
          .executeTakeFirst();
        return numUpdatedRows === 1n ? { status: 'claimed', sealed } : { status: 'gone' };
      });
    },

    unclaimedHandovers: (of) =>
      database.write(async (tx): Promise<readonly Handover[]> => {
        await tx
          .updateTable('handovers')
          .set({ sealed: null })
          .where('expires_at', '<=', now())
          .where('sealed', 'is not', null)
          .execute();
        const rows = tx
          .selectFrom('handovers')
          .selectAll()
          .where('claimed_at', 'is', null)
          .orderBy('created_at');
        if (of === undefined) return (await rows.execute()).map(handoverOf);
        const operations = tx
          .selectFrom('operations')
          .select('operation_id')
          .where('site', '=', of.site)
          .where('account', '=', of.account)
          .where('kind', 'in', of.kinds);
        return (await rows.where('operation_id', 'in', operations).execute()).map(handoverOf);
      }),
  };
}

function handoverOf(row: Row): Handover {
  return {
    handle: row.handle,
    operationId: row.operation_id,
    label: row.label,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    claimedAt: row.claimed_at,
  };
}
