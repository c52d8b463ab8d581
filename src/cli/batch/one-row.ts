import type { OperationHandle, Sitewright } from '../../client.js';
import type { OperationState } from '../../domain/operations.js';
import { IdempotencyConflict } from '../../errors.js';
import { errorDocument, type ErrorDocument, exitCodeOfError } from '../errors.js';
import { ExitCode, exitCodeOf } from '../exit-codes.js';
import { follow, type Onlooker, type Seen } from '../follow.js';
import { withSealed } from '../secrets.js';
import type { BadRow, ReadyRow } from './row-input.js';

/** What became of a row. */
export interface RowEnd {
  readonly line: number;
  readonly subdomain: string;
  /** Absent when it could not be started. */
  readonly operation?: Pick<OperationHandle, 'operationId' | 'workflowId' | 'started'>;
  /** How the operation stands at the end of waiting; absent without a wait. */
  readonly state?: OperationState;
  /** Why it stands so, in the words of the operation. */
  readonly reason?: string;
  readonly error?: ErrorDocument['error'];
  readonly code: ExitCode;
}

/** Nothing stops the look at what was started: it is at most as long as an operation. */
const NEVER = new AbortController().signal;

/** Starts the operation of a row and waits for its end where that is wanted. Never throws. */
export async function doRow(
  client: Sitewright,
  row: ReadyRow | BadRow,
  onlooker: Onlooker | null,
): Promise<RowEnd> {
  const { line, subdomain } = row;
  if ('problems' in row) {
    const message = row.problems
      .map(({ column, message }) => (column === undefined ? message : `${column}: ${message}`))
      .join('; ');
    return { line, subdomain, error: { name: 'InvalidInput', message }, code: ExitCode.badInput };
  }
  let operation: RowEnd['operation'];
  try {
    operation = await start(client, row);
    if (onlooker === null) return { line, subdomain, operation, code: ExitCode.ok };
    const seen = await follow(client, operation.workflowId, onlooker, NEVER);
    return { line, subdomain, operation, ...endOf(seen) };
  } catch (error) {
    return {
      ...{ line, subdomain },
      ...(operation !== undefined && { operation }),
      error: errorOf(error, row),
      code: exitCodeOfError(error),
    };
  }
}

async function start(
  client: Sitewright,
  { input, secrets }: ReadyRow,
): Promise<NonNullable<RowEnd['operation']>> {
  return client.provision(await withSealed(client, input, secrets));
}

/** Nobody has chosen the key of a conflict about a derived one. */
function errorOf(error: unknown, { derivedKey }: ReadyRow): ErrorDocument['error'] {
  const { error: told } = errorDocument(error);
  if (!(error instanceof IdempotencyConflict) || !derivedKey) return told;
  return {
    name: told.name,
    message: `started before with other options, as operation ${error.operationId}`,
    hint: 'give the options of that run',
  };
}

function endOf({
  status,
  result,
  lost,
}: Seen): Pick<RowEnd, 'state' | 'reason' | 'error' | 'code'> {
  if (lost !== null) {
    return { error: { name: 'OperationLost', message: lost }, code: ExitCode.needsHuman };
  }
  const state = result?.outcome ?? status.state;
  const reason = result?.reason ?? status.problem?.message;
  return { state, ...(reason !== undefined && { reason }), code: exitCodeOf(state) };
}
