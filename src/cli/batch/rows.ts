import { configValue } from '../config-value.js';
import { GROUP_COLUMNS, groupOf, problemOfColumn } from './columns.js';
import { csvRecords, type CsvRecord } from './csv.js';
import { jsonLines, type JsonLine } from './jsonl.js';
import { type BatchProblem, UnreadableRest } from './problems.js';

export type BatchFormat = 'csv' | 'jsonl';

/** One provision as it is written in a batch file. */
export interface Row {
  readonly line: number;
  /** By column; what was left empty is not there. */
  readonly fields: ReadonlyMap<string, unknown>;
  /** What is wrong with how it is written. */
  readonly problems: readonly BatchProblem[];
}

/** The format a file name tells; null when its text has to. */
export function formatOf(file: string): BatchFormat | null {
  if (/\.(jsonl|ndjson)$/i.test(file)) return 'jsonl';
  return /\.csv$/i.test(file) ? 'csv' : null;
}

/**
 * Reads rows one by one. Without a format, text that begins with `{` is JSONL.
 *
 * @throws UnreadableRest
 */
export async function* rowsOf(
  text: AsyncGenerator<string>,
  format: BatchFormat | null,
): AsyncGenerator<Row> {
  try {
    let start = '';
    while (format === null && start.trim() === '') {
      const next = await text.next();
      if (next.done) break;
      start += next.value;
    }
    const isJson = format === 'jsonl' || (format === null && start.trimStart().startsWith('{'));
    yield* (isJson ? jsonRows : csvRows)(joined(start, text));
  } finally {
    // A reader that stops before it has begun closes nothing behind it.
    await text.return(undefined);
  }
}

async function* joined(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}

async function* csvRows(text: AsyncIterable<string>): AsyncGenerator<Row> {
  let columns: readonly string[] | null = null;
  for await (const record of csvRecords(text)) {
    if (columns === null) columns = headingOf(record);
    else if (record.cells.some((cell) => cell.trim() !== '')) yield csvRow(columns, record);
  }
  if (columns === null) throw new UnreadableRest([{ line: 1, message: 'there is no heading' }]);
}

/** @throws UnreadableRest: without the right columns no row can be understood */
function headingOf({ line, cells, problem }: CsvRecord): readonly string[] {
  const columns = cells.map((cell) => cell.trim());
  const problems = columns.flatMap((column, index): BatchProblem[] => {
    const twice = columns.indexOf(column) < index ? 'the column is there twice' : null;
    const message = problemOfColumn(column) ?? twice;
    return message === null ? [] : [{ line, column, message }];
  });
  if (problem !== null) problems.push({ line, message: problem });
  if (problems.length > 0) throw new UnreadableRest(problems);
  return columns;
}

function csvRow(columns: readonly string[], { line, cells, problem }: CsvRecord): Row {
  const message =
    problem ??
    (cells.length === columns.length
      ? null
      : `${cells.length} cells for ${columns.length} columns`);
  if (message !== null) return { line, fields: new Map(), problems: [{ line, message }] };
  const fields = columns.flatMap((column, index) => {
    const value = csvValue(column, cells[index] ?? '');
    return value === '' ? [] : [[column, value] as const];
  });
  return { line, fields: new Map(fields), problems: [] };
}

/** Spaces count in the values of settings only. */
function csvValue(column: string, cell: string): unknown {
  const group = groupOf(column)?.group;
  if (group === 'secret') return cell;
  return group === 'config' ? configValue(cell) : cell.trim();
}

async function* jsonRows(text: AsyncIterable<string>): AsyncGenerator<Row> {
  for await (const line of jsonLines(text)) yield jsonRow(line);
}

function jsonRow({ line, value }: JsonLine): Row {
  const fields = new Map<string, unknown>();
  const problems: BatchProblem[] = [];
  if (!isObject(value)) problems.push({ line, message: 'not a JSON object' });
  for (const [column, field] of isObject(value) ? flat(value) : []) {
    const twice = fields.has(column) ? 'it is there twice' : null;
    const message = problemOfColumn(column) ?? twice;
    if (message !== null) problems.push({ line, column, message });
    else if (field !== null && field !== '') fields.set(column, field);
  }
  return { line, fields, problems };
}

/** `{ config: { currency: 'EUR' } }` is `config.currency`. */
function flat(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([key, field]: [string, unknown]) =>
    (GROUP_COLUMNS as readonly string[]).includes(key) && isObject(field)
      ? Object.entries(field).map(
          ([name, one]: [string, unknown]) => [`${key}.${name}`, one] as const,
        )
      : [[key, field] as const],
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
