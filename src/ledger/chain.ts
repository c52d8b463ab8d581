import { createHash } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import { UnknownOperation } from './errors.js';
import { canonicalJson, isRecord, storable } from './json.js';
import type { LedgerEventsTable, OperationsTable, Schema } from './schema.js';
import type { Json, LedgerEvent, StoredEvent } from './types.js';

/** What the first entry of a chain follows. */
export const CHAIN_START = '0'.repeat(64);

/** The part of an operation that its chain hangs on. */
type ChainHead = Pick<OperationsTable, 'operation_id' | 'chain_length' | 'chain_head'>;

/** SHA-256 over everything an entry says, including the entry before it (D 5). */
export function hashOf(entry: Omit<StoredEvent, 'hash'>): string {
  const { operationId, sequence, key, type, data, at, previousHash } = entry;
  return createHash('sha256')
    .update(canonicalJson({ operationId, sequence, key, type, data, at, previousHash }))
    .digest('hex');
}

/**
 * The operation, locked until the transaction ends: who appends or decides anything about an
 * operation does so one after the other.
 * @throws UnknownOperation
 */
export async function lockOperation(
  tx: Transaction<Schema>,
  operationId: string,
): Promise<Selectable<OperationsTable>> {
  const row = await tx
    .selectFrom('operations')
    .selectAll()
    .where('operation_id', '=', operationId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) {
    throw new UnknownOperation(`the ledger knows no operation ${operationId}`);
  }
  return row;
}

/**
 * Appends what is new; an event whose key is known is ignored. The operation must be locked.
 * @returns the head after it.
 */
export async function appendEvents(
  tx: Transaction<Schema>,
  head: ChainHead,
  events: readonly LedgerEvent[],
): Promise<ChainHead> {
  const known = await knownKeys(tx, head.operation_id, events);
  const entries: LedgerEventsTable[] = [];
  let previousHash = head.chain_head;
  for (const event of events.map(storable)) {
    if (known.has(event.key)) continue;
    known.add(event.key);
    const entry = {
      operationId: head.operation_id,
      sequence: head.chain_length + entries.length + 1,
      key: event.key,
      type: event.type,
      data: event.data,
      at: new Date().toISOString(),
      previousHash,
    };
    const hash = hashOf(entry);
    entries.push(toRow({ ...entry, hash }));
    previousHash = hash;
  }
  if (entries.length === 0) return head;
  await tx.insertInto('ledger_events').values(entries).execute();
  const moved = { chain_length: head.chain_length + entries.length, chain_head: previousHash };
  await tx
    .updateTable('operations')
    .set(moved)
    .where('operation_id', '=', head.operation_id)
    .execute();
  return { operation_id: head.operation_id, ...moved };
}

/**
 * Appends an event that moves a projection, with the move itself under the member `ledger` of its
 * data, so that the chain alone tells what the projection must say. A move is never left out: a
 * key that is taken gets a suffix.
 */
export async function appendMove(
  tx: Transaction<Schema>,
  head: ChainHead,
  event: LedgerEvent,
  move: Move,
): Promise<ChainHead> {
  const data = isRecord(event.data) ? event.data : { note: event.data };
  const key = await freeKey(tx, head.operation_id, event.key);
  return appendEvents(tx, head, [{ ...event, key, data: asJson({ ...data, ledger: move }) }]);
}

/** What a chain says about the projections; see `verify`. */
export interface Move {
  readonly opened?: unknown;
  readonly reopened?: unknown;
  readonly closed?: unknown;
  readonly command?: unknown;
  readonly decision?: unknown;
}

/** Reads a stored entry. @throws SyntaxError when its data is no JSON any more. */
export function toEvent(row: Selectable<LedgerEventsTable>): StoredEvent {
  return {
    operationId: row.operation_id,
    sequence: row.sequence,
    key: row.event_key,
    type: row.type,
    data: JSON.parse(row.data) as Json,
    at: row.at,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** What goes into a chain is what a reader gets back. */
const asJson = (value: unknown) => JSON.parse(canonicalJson(value)) as Json;

function toRow(event: StoredEvent): LedgerEventsTable {
  return {
    operation_id: event.operationId,
    sequence: event.sequence,
    event_key: event.key,
    type: event.type,
    data: canonicalJson(event.data),
    at: event.at,
    previous_hash: event.previousHash,
    hash: event.hash,
  };
}

async function freeKey(tx: Transaction<Schema>, operationId: string, key: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const candidate = { key: n === 1 ? key : `${key}#${n}`, type: '', data: null };
    const known = await knownKeys(tx, operationId, [candidate]);
    if (known.size === 0) return candidate.key;
  }
}

async function knownKeys(
  tx: Transaction<Schema>,
  operationId: string,
  events: readonly LedgerEvent[],
): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const rows = await tx
    .selectFrom('ledger_events')
    .select('event_key')
    .where('operation_id', '=', operationId)
    .where(
      'event_key',
      'in',
      events.map((event) => storable(event.key)),
    )
    .execute();
  return new Set(rows.map((row) => row.event_key));
}
