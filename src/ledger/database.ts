import { setTimeout as delay } from 'node:timers/promises';
import { type Dialect, Kysely, type Transaction } from 'kysely';
import { codeOf, meaningOf } from './database-errors.js';
import { LedgerUnavailable } from './errors.js';
import type { Schema } from './schema.js';

/**
 * How long other writers may keep a transaction out, ms. Ours take a few milliseconds each, so
 * this much waiting means that somebody holds the database, e.g. a backup or an open shell.
 */
const CONTENTION_LIMIT = 10_000;

/** Largest pause between two tries, ms. */
const LONGEST_PAUSE = 50;

/** Thrown inside a transaction that lost a race: it is rolled back and run again. */
export class LostRace extends Error {
  override readonly name = 'LostRace';
}

/**
 * The database as the ledger uses it. Every method throws `LedgerUnavailable` when the database
 * is away, and repeats what collided with another writer; so `work` must have no effects besides
 * the database.
 */
export interface LedgerDatabase {
  readonly dialect: 'sqlite' | 'postgres';
  /** One statement that reads. */
  read<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
  /** Several statements that must see one state. */
  snapshot<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** One transaction; on SQLite the only one that writes, on PostgreSQL lock the rows it decides by. */
  write<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Puts retries and the ledger's errors around a dialect. */
export function openDatabase(name: LedgerDatabase['dialect'], dialect: Dialect): LedgerDatabase {
  const db = new Kysely<Schema>({ dialect });
  return {
    dialect: name,
    read: (work) => persist(() => work(db)),
    snapshot: (work) =>
      persist(() =>
        db
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute(work),
      ),
    write: (work) => persist(() => db.transaction().execute(work)),
    close: () => db.destroy(),
  };
}

/**
 * Runs `work` again while other writers are in the way.
 * @throws LedgerUnavailable when the database is away, or kept us out for 10 s.
 */
export async function persist<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + CONTENTION_LIMIT;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const meaning = error instanceof LostRace ? 'contention' : meaningOf(error);
      if (meaning === 'other') throw error;
      if (meaning === 'unavailable' || performance.now() > giveUpAt) throw unavailable(error);
    }
    await delay(Math.random() * Math.min(LONGEST_PAUSE, 2 ** attempt));
  }
}

/** Names the code only: messages of drivers may quote what they were given. */
function unavailable(cause: unknown): LedgerUnavailable {
  const code = cause instanceof Error ? codeOf(cause) : '';
  return new LedgerUnavailable(
    `the ledger's database does not answer${code === '' ? '' : ` (${code})`}`,
    { cause },
  );
}
