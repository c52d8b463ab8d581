import { exportEvents } from '../ledger/index.js';
import type { Ledger } from '../ledger/types.js';
import type { Output } from './output.js';

/** Characters at once: a write for each line would cost more than the line. */
const PIECE = 64 * 1024;

/**
 * Prints the events of operations one after the other, no faster than they are read, so that
 * memory stays small.
 */
export async function printEvents(
  out: Pick<Output, 'pour'>,
  ledger: Pick<Ledger, 'events' | 'findOperations'>,
  operationIds: AsyncIterable<string> | Iterable<string>,
  format: 'jsonl' | 'csv',
): Promise<void> {
  let piece = '';
  let hasHeading = false;
  for await (const operationId of operationIds) {
    let isHeading = format === 'csv';
    for await (const line of exportEvents(ledger, { operationId }, format)) {
      // One heading for all operations.
      if (!isHeading || !hasHeading) piece += line;
      hasHeading ||= isHeading;
      isHeading = false;
      if (piece.length < PIECE) continue;
      await out.pour(piece);
      piece = '';
    }
  }
  await out.pour(piece);
}
