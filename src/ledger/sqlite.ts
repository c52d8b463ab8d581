import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CompiledQuery,
  type DatabaseConnection,
  type SelectModifierNode,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import Libsql from 'libsql';
import { type LedgerDatabase, openDatabase, persist } from './database.js';

/**
 * Opens the file, made when it is missing; several processes may.
 *
 * libsql is synchronous, so waiting inside it for another writer would stop the whole process:
 * it waits for 5 ms only, the rest is done by `persist`.
 * @throws LedgerUnavailable when the file cannot be opened.
 */
export async function openSqlite(path: string): Promise<LedgerDatabase> {
  const database = await persist(async () => {
    mkdirSync(dirname(path), { recursive: true });
    const opened = new Libsql(path);
    try {
      opened.exec('pragma busy_timeout = 5');
      opened.exec('pragma journal_mode = wal');
      opened.exec('pragma synchronous = full');
      opened.exec('pragma foreign_keys = on');
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  });
  return openDatabase('sqlite', {
    createDriver: () => new LedgerSqliteDriver(database),
    createQueryCompiler: () => new WithoutRowLocks(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  });
}

class LedgerSqliteDriver extends SqliteDriver {
  readonly #database: Libsql.Database;

  constructor(database: Libsql.Database) {
    super({ database: withStatementCache(database) });
    this.#database = database;
  }

  /** A transaction that reads first and writes later fails for good when another wrote between. */
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const readOnly = settings?.accessMode === 'read only';
    await connection.executeQuery(CompiledQuery.raw(readOnly ? 'begin' : 'begin immediate'));
  }

  /** SQLite rolls back by itself after some errors; a second rollback would hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite has one writer at a time and no `for update`. */
class WithoutRowLocks extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== 'ForUpdate') super.visitSelectModifier(node);
  }
}

/**
 * Kysely prepares each time, and libsql frees a statement only when it is garbage collected:
 * 5 KB each, hundreds of megabytes in a busy minute. Our queries are a small fixed set.
 */
function withStatementCache(database: Libsql.Database) {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(text: string): SqliteStatement {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const statement: SqliteStatement = database.prepare<unknown[]>(text);
      statements.set(text, statement);
      return statement;
    },
  };
}
