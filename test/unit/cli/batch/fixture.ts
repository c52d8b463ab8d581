import { rowsOf, type BatchFormat, type Row } from '../../../../src/cli/batch/rows.js';
import { readRow, type ReadyRow, type Shared } from '../../../../src/cli/batch/row-input.js';
import { NO_SECRETS } from '../../../../src/cli/secrets.js';

/** The text, cut at these places. */
export async function* inPieces(text: string, at: readonly number[] = []): AsyncGenerator<string> {
  const cuts = [...new Set([0, ...at, text.length])].sort((a, b) => a - b);
  for (const [index, cut] of cuts.entries()) yield text.slice(cut, cuts[index + 1]);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function rowsIn(text: string, format: BatchFormat | null = null): Promise<Row[]> {
  return collect(rowsOf(inPieces(text), format));
}

/** Everything a row needs but its name. */
export const shared: Shared = {
  defaults: { account: 'main', domain: 'example.com', requestedBy: 'ops' },
  given: { plan: 'USD 25', version: 'Version 15', apps: ['frappe'] },
  secrets: NO_SECRETS,
  batch: 'sites.csv',
};

export function rowWith(fields: Readonly<Record<string, unknown>>): Row {
  const all = { subdomain: 'acme-shop', ...fields };
  return { line: 2, fields: new Map<string, unknown>(Object.entries(all)), problems: [] };
}

/** A row that is right. */
export function ready(
  fields: Readonly<Record<string, unknown>> = {},
  change: Partial<Shared> = {},
): ReadyRow {
  const row = readRow(rowWith(fields), { ...shared, ...change });
  if ('problems' in row) throw new Error(JSON.stringify(row.problems));
  return row;
}
