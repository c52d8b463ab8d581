/** The database does not answer; the caller waits and tries again. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}

/** Nothing was ever opened under this operation id; trying again does not help. */
export class UnknownOperation extends Error {
  override readonly name = 'UnknownOperation';
}

/** The command was never begun; trying again does not help. */
export class UnknownCommand extends Error {
  override readonly name = 'UnknownCommand';
}

/** The operation is closed, so it may take no locks any more; trying again does not help. */
export class OperationClosed extends Error {
  override readonly name = 'OperationClosed';
}

/** The database was migrated by a newer release; this one must not write to it. */
export class LedgerTooNew extends Error {
  override readonly name = 'LedgerTooNew';
}

/** The database has to be migrated first, which readers leave to the workers. */
export class LedgerTooOld extends Error {
  override readonly name = 'LedgerTooOld';
}
