import { canonicalJson } from './json.js';
import type { Ledger, StoredEvent } from './types.js';

const COLUMNS = [
  'operationId',
  'sequence',
  'at',
  'key',
  'type',
  'data',
  'previousHash',
  'hash',
] as const;

/**
 * The events of one operation, or of all operations of a site, oldest operation first, as lines
 * that end with a line break. Reads one operation at a time, so memory stays small.
 */
export async function* exportEvents(
  ledger: Pick<Ledger, 'events' | 'findOperations'>,
  of: { readonly operationId: string } | { readonly site: string },
  format: 'jsonl' | 'csv',
): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\n`;
  const line = format === 'csv' ? csvLine : canonicalJson;
  for (const operationId of await idsOf(ledger, of)) {
    for (const event of await ledger.events(operationId)) yield `${line(event)}\n`;
  }
}

async function idsOf(
  ledger: Pick<Ledger, 'findOperations'>,
  of: { readonly operationId: string } | { readonly site: string },
): Promise<readonly string[]> {
  if ('operationId' in of) return [of.operationId];
  const operations = await ledger.findOperations({ site: of.site });
  return operations.map((operation) => operation.operationId).reverse();
}

function csvLine(event: StoredEvent): string {
  return COLUMNS.map((column) => {
    const value = event[column];
    const text = typeof value === 'string' && column !== 'data' ? value : canonicalJson(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(',');
}
