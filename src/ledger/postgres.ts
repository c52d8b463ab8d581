import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { type LedgerDatabase, openDatabase } from './database.js';
import { meaningOf } from './database-errors.js';

/** Everything in milliseconds; our transactions take a few. */
const limits: pg.PoolConfig = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  statement_timeout: 10_000,
  /** Above the server's own limit: it only speaks when the server is beyond reach. */
  query_timeout: 12_000,
  /** A worker that froze inside a transaction must not hold the rows of the others. */
  idle_in_transaction_session_timeout: 10_000,
  keepAlive: true,
};

/** Opens a pool; connects at the first query, and again by itself when the database comes back. */
export function openPostgres(url: string): LedgerDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'sitewright-ledger',
    types: { getTypeParser: parserOf },
    ...limits,
  });
  // Without listeners a connection that breaks would end the process; the next query finds out.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return openDatabase('postgres', new PostgresDialect({ pool: discardingBroken(pool) }));
}

/** Ours are epoch milliseconds and counts, which fit a number. */
const parserOf: pg.CustomTypesConfig['getTypeParser'] = (id, format) =>
  id === pg.types.builtins.INT8 ? Number : (pg.types.getTypeParser(id, format) as unknown);

/** After a read timeout `pg` would put a connection back that still waits for the old answer. */
function discardingBroken(pool: pg.Pool): PostgresPool {
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      let broken = false;
      const query = async (text: string, parameters: unknown[]): Promise<unknown> => {
        try {
          return await client.query(text, parameters);
        } catch (error) {
          broken ||= meaningOf(error) === 'unavailable';
          throw error;
        }
      };
      return {
        query: query as PostgresPoolClient['query'],
        release: () => client.release(broken),
      };
    },
  };
}
