/** What a database error means for the caller. */
type ErrorMeaning =
  /** Another writer was in the way: the same transaction may work in a moment. */
  | 'contention'
  /** The database is away, refuses us, or is full: nothing was lost, but it takes longer. */
  | 'unavailable'
  /** Anything else: a defect, or a broken file. */
  | 'other';

/** PostgreSQL: serialization failure, deadlock, lock not available. */
const CONTENTION = new Set(['40001', '40P01', '55P03']);

/**
 * PostgreSQL classes 08 connection, 28 authorization, 3D no such database, 53 out of resources,
 * 57 operator intervention and statement timeout, 58 system error; and two single codes: 25006,
 * a standby after a failover, and 25P03, our own limit on idling inside a transaction.
 */
const UNAVAILABLE_SQLSTATE = /^(08...|28...|3D000|53...|57...|58...|25006|25P03)$/;

/** Of sockets and name resolution; ENOENT is a missing Unix socket. */
const UNAVAILABLE_NODE =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|ENOENT)$/;

const UNAVAILABLE_SQLITE = /^SQLITE_(CANTOPEN|IOERR|FULL|READONLY)/;

/** Errors that carry no code: of `pg`, and of libsql when the file cannot be opened. */
const UNAVAILABLE_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|ConnectionFailed)/;

/** Finds out what an error thrown by `pg` or libsql means. */
export function meaningOf(error: unknown): ErrorMeaning {
  if (!(error instanceof Error)) return 'other';
  const code = codeOf(error);
  if (CONTENTION.has(code) || /^SQLITE_(BUSY|LOCKED)/.test(code)) return 'contention';
  if (
    UNAVAILABLE_SQLSTATE.test(code) ||
    UNAVAILABLE_NODE.test(code) ||
    UNAVAILABLE_SQLITE.test(code) ||
    UNAVAILABLE_MESSAGE.test(error.message)
  ) {
    return 'unavailable';
  }
  return 'other';
}

/** The code of a database error, empty when it has none. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
