import { type Kysely, sql, type Transaction } from 'kysely';
import type { LedgerDatabase } from './database.js';
import { LedgerTooNew, LedgerTooOld } from './errors.js';
import type { Schema } from './schema.js';

type Migration = (tx: Transaction<Schema>) => Promise<void>;

/** In order; the schema version is how many have run. Released ones are never changed. */
const migrations: readonly Migration[] = [createTables];

/** Any number that nothing else in the database uses as an advisory lock. */
const ADVISORY_LOCK = 5_735_817_734_190;

/**
 * Brings the database to the schema of this release; several processes may do so at once.
 * @returns the schema version.
 * @throws LedgerTooNew when a newer release migrated it.
 */
export async function migrate(database: LedgerDatabase): Promise<number> {
  const before = await database.read((db) => schemaVersion(db, database.dialect));
  if (before === migrations.length) return before;
  return database.write(async (tx) => {
    if (database.dialect === 'postgres') {
      await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(tx);
    }
    const version = await schemaVersion(tx, database.dialect);
    refuseNewer(version);
    for (const [index, run] of migrations.entries()) {
      if (index < version) continue;
      await run(tx);
      await tx
        .insertInto('ledger_schema')
        .values({ version: index + 1, migrated_at: new Date().toISOString() })
        .execute();
    }
    return migrations.length;
  });
}

/**
 * Changes nothing.
 * @returns the schema version, which is that of this release.
 * @throws LedgerTooNew, LedgerTooOld
 */
export async function requireMigrated(database: LedgerDatabase): Promise<number> {
  const version = await database.read((db) => schemaVersion(db, database.dialect));
  refuseNewer(version);
  if (version === migrations.length) return version;
  throw new LedgerTooOld(
    `the ledger is of an older release (schema version ${version}, this release has ` +
      `${migrations.length}): start a worker of this release once`,
  );
}

/** @throws LedgerTooNew */
function refuseNewer(version: number): void {
  if (version <= migrations.length) return;
  throw new LedgerTooNew(
    `the ledger has schema version ${version}, this release knows ${migrations.length}: ` +
      'start a release at least as new as the one that migrated it',
  );
}

/** Looks before it reads, because a role of a migrated database may not be allowed to create. */
async function schemaVersion(
  db: Kysely<Schema>,
  dialect: LedgerDatabase['dialect'],
): Promise<number> {
  const found =
    dialect === 'postgres'
      ? // Not to_regclass(): it may answer from a cache that is older than the lock.
        sql`select 1 from pg_class where relname = 'ledger_schema' and pg_table_is_visible(oid)`
      : sql`select 1 from sqlite_master where name = 'ledger_schema'`;
  if ((await found.execute(db)).rows.length === 0) return 0;
  const { version } = await db
    .selectFrom('ledger_schema')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirstOrThrow();
  return version;
}

async function createTables(tx: Transaction<Schema>): Promise<void> {
  await tx.schema
    .createTable('ledger_schema')
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('migrated_at', 'text', (column) => column.notNull())
    .execute();

  await tx.schema
    .createTable('operations')
    .addColumn('operation_id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text')
    .addColumn('payload_hash', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('workflow_id', 'text', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('previous_run_id', 'text')
    .addColumn('input', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('needs_attention', 'integer', (column) => column.notNull())
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('closed_at', 'text')
    .addColumn('result', 'text')
    .addColumn('chain_length', 'integer', (column) => column.notNull())
    .addColumn('chain_head', 'text', (column) => column.notNull())
    .addUniqueConstraint('operations_idempotency', ['requested_by', 'idempotency_key'])
    .execute();
  await index(tx, 'operations', ['site', 'opened_at']);
  await index(tx, 'operations', ['closed_at', 'opened_at']);

  await tx.schema
    .createTable('commands')
    .addColumn('operation_id', 'text', (column) =>
      column.notNull().references('operations.operation_id'),
    )
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('round', 'integer', (column) => column.notNull())
    .addColumn('endpoint', 'text', (column) => column.notNull())
    .addColumn('payload_hash', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('first_sent_at', 'bigint')
    .addColumn('contact_ended_at', 'bigint')
    .addColumn('negative_reads', 'integer', (column) => column.notNull())
    .addColumn('tracker', 'text', (column) => column.notNull())
    .addColumn('evidence', 'text', (column) => column.notNull())
    .addColumn('error', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('commands_key', ['operation_id', 'step', 'round'])
    .execute();

  await tx.schema
    .createTable('decisions')
    .addColumn('operation_id', 'text', (column) =>
      column.notNull().references('operations.operation_id'),
    )
    .addColumn('decision_key', 'text', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('decided_by', 'text', (column) => column.notNull())
    .addColumn('verified', 'integer', (column) => column.notNull())
    .addColumn('roles', 'text', (column) => column.notNull())
    .addColumn('plan_hash', 'text')
    .addColumn('accepted', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('policy_version', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('decisions_key', ['operation_id', 'decision_key'])
    .execute();

  await tx.schema
    .createTable('locks')
    .addColumn('resource', 'text', (column) => column.primaryKey())
    .addColumn('operation_id', 'text', (column) =>
      column.notNull().references('operations.operation_id'),
    )
    .addColumn('since', 'text', (column) => column.notNull())
    .execute();
  await index(tx, 'locks', ['operation_id']);

  await tx.schema
    .createTable('ledger_events')
    .addColumn('operation_id', 'text', (column) =>
      column.notNull().references('operations.operation_id'),
    )
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('event_key', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('previous_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_events_order', ['operation_id', 'sequence'])
    .addUniqueConstraint('ledger_events_key', ['operation_id', 'event_key'])
    .execute();

  await tx.schema
    .createTable('handovers')
    .addColumn('handle', 'text', (column) => column.primaryKey())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('claim_id', 'text')
    .addColumn('claimed_at', 'text')
    .execute();
}

function index(
  tx: Transaction<Schema>,
  table: 'operations' | 'locks',
  columns: readonly string[],
): Promise<void> {
  return tx.schema
    .createIndex(`${table}_${columns.join('_')}`)
    .on(table)
    .columns([...columns])
    .execute();
}
