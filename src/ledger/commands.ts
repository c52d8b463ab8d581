import type { ExpressionBuilder, Selectable } from 'kysely';
import type { CommandKey } from '../domain/operations.js';
import type { Tracker } from '../domain/trackers.js';
import { appendMove, lockOperation } from './chain.js';
import type { LedgerDatabase } from './database.js';
import { UnknownCommand } from './errors.js';
import { canonicalJson, storable } from './json.js';
import type { CommandsTable, Schema } from './schema.js';
import type { CommandRow, Json, Ledger } from './types.js';

type Commands = Pick<
  Ledger,
  | 'beginCommand'
  | 'getCommand'
  | 'commandsOf'
  | 'claimCommand'
  | 'contactEnded'
  | 'countNegativeRead'
  | 'settleCommand'
>;

/** Remote effects: written down before they are sent, claimed by one sender, settled (D 4.1). */
export function commands(database: LedgerDatabase): Commands {
  const getCommand = (key: CommandKey) =>
    database.read(async (db) => {
      const row = await db.selectFrom('commands').selectAll().where(is(key)).executeTakeFirst();
      return row === undefined ? null : toCommand(row);
    });

  return {
    getCommand,

    beginCommand: async (key, endpoint, payloadHash) =>
      (await getCommand(key)) ??
      (await database.write(async (tx) => {
        await lockOperation(tx, key.operationId);
        await tx
          .insertInto('commands')
          .values(newRow(key, endpoint, payloadHash))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return toCommand(
          await tx.selectFrom('commands').selectAll().where(is(key)).executeTakeFirstOrThrow(),
        );
      })),

    commandsOf: (operationId) =>
      database.read(async (db) => {
        const rows = await db
          .selectFrom('commands')
          .selectAll()
          .where('operation_id', '=', operationId)
          .orderBy('step')
          .orderBy('round')
          .execute();
        return rows.map(toCommand);
      }),

    claimCommand: (key, seenAttempt, pressNow) =>
      database.write(async (tx) => {
        const operation = await lockOperation(tx, key.operationId);
        // A stalled activity that wakes up after the end must not send either.
        if (operation.closed_at !== null) return false;
        const { numUpdatedRows } = await tx
          .updateTable('commands')
          .set((eb) => ({
            state: 'sent',
            attempt: seenAttempt + 1,
            first_sent_at: eb.fn.coalesce('first_sent_at', eb.val(Math.floor(pressNow))),
            contact_ended_at: null,
            negative_reads: 0,
          }))
          .where(is(key))
          .where('attempt', '=', seenAttempt)
          .where('state', 'in', ['intended', 'sent'])
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }),

    contactEnded: (key, attempt, at) =>
      database.write(async (tx) => {
        // A later contact moves the horizon, so reads before it prove nothing any more.
        await tx
          .updateTable('commands')
          .set({ contact_ended_at: Math.ceil(at), negative_reads: 0 })
          .where(is(key))
          .where('attempt', '=', attempt)
          .where('state', '=', 'sent')

          .where((eb) =>
            eb.or([eb('contact_ended_at', 'is', null), eb('contact_ended_at', '<', Math.ceil(at))]),
          )
          .execute();
      }),

    countNegativeRead: (key, attempt) =>
      database.write(async (tx) => {
        const row = await tx
          .updateTable('commands')
          .set(({ eb }) => ({ negative_reads: eb('negative_reads', '+', 1) }))
          .where(is(key))
          .where('attempt', '=', attempt)
          .where('state', '=', 'sent')
          .returning('negative_reads')
          .executeTakeFirst();
        return row?.negative_reads ?? 0;
      }),

    settleCommand: (key, change, event) =>
      database.write(async (tx) => {
        const operation = await lockOperation(tx, key.operationId);
        const row = await tx.selectFrom('commands').selectAll().where(is(key)).executeTakeFirst();
        if (row === undefined) {
          throw new UnknownCommand(`${key.operationId}/${key.step}/${key.round} was never begun`);
        }
        const next = { ...row, ...endOf(change) };
        if (isStale(change, row) || row.state === 'settled' || sameEnd(row, next)) return;
        await appendMove(tx, operation, event, { command: settlementOf(next) });
        await tx.updateTable('commands').set(next).where(is(key)).execute();
      }),
  };
}

/** What a settled or refused command came to, as the chain tells it. */
export function settlementOf(row: Selectable<CommandsTable>) {
  const { step, round, endpoint, payloadHash, attempt, state, tracker, evidence, error } =
    toCommand(row);
  return { step, round, endpoint, payloadHash, attempt, state, tracker, evidence, error };
}

type Settlement = Parameters<Ledger['settleCommand']>[1];

function endOf(
  change: Settlement,
): Pick<CommandsTable, 'state' | 'tracker' | 'evidence' | 'error'> {
  return change.state === 'settled'
    ? {
        state: change.state,
        tracker: canonicalJson(change.tracker),
        evidence: canonicalJson(change.evidence),
        error: 'null',
      }
    : {
        state: change.state,
        tracker: 'null',
        evidence: 'null',
        error: canonicalJson(change.error),
      };
}

function isStale(change: Settlement, row: Selectable<CommandsTable>): boolean {
  return change.state !== 'settled' && (change.attempt ?? row.attempt) !== row.attempt;
}

/** True for a repeated call, and for an intent that was never claimed. */
function sameEnd(row: Selectable<CommandsTable>, next: Selectable<CommandsTable>): boolean {
  return canonicalJson(row) === canonicalJson(next);
}

function is({ operationId, step, round }: CommandKey) {
  return (eb: ExpressionBuilder<Schema, 'commands'>) =>
    eb.and([eb('operation_id', '=', operationId), eb('step', '=', step), eb('round', '=', round)]);
}

function newRow(key: CommandKey, endpoint: string, payloadHash: string): CommandsTable {
  return {
    operation_id: key.operationId,
    step: storable(key.step),
    round: key.round,
    endpoint,
    payload_hash: payloadHash,
    state: 'intended',
    attempt: 0,
    first_sent_at: null,
    contact_ended_at: null,
    negative_reads: 0,
    tracker: 'null',
    evidence: 'null',
    error: 'null',
  };
}

function toCommand(row: Selectable<CommandsTable>): CommandRow {
  return {
    operationId: row.operation_id,
    step: row.step,
    round: row.round,
    endpoint: row.endpoint,
    payloadHash: row.payload_hash,
    state: row.state,
    attempt: row.attempt,
    firstSentAt: row.first_sent_at,
    contactEndedAt: row.contact_ended_at,
    negativeReads: row.negative_reads,
    tracker: JSON.parse(row.tracker) as Tracker | null,
    evidence: JSON.parse(row.evidence) as Json,
    error: JSON.parse(row.error) as Json,
  };
}
