import { refuseLongRow } from './problems.js';

/** One record of a CSV file. */
export interface CsvRecord {
  /** Where it begins, from 1; a record may take several lines. */
  readonly line: number;
  readonly cells: readonly string[];
  /** What is wrong with its quotes; null when nothing is. */
  readonly problem: string | null;
}

/**
 * Reads CSV as RFC 4180 has it: commas, cells in quotes where they hold commas, quotes (doubled)
 * or line breaks. Lines may end with CRLF, LF or CR; empty ones are left out. Broken quotes are
 * told with their record, and reading goes on behind it.
 *
 * @throws UnreadableRest when a record has no end in sight
 */
export async function* csvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const reader = new CsvReader();
  for await (const chunk of chunks) yield* reader.read(chunk);
  const last = reader.end();
  if (last !== null) yield last;
}

/** Takes text in pieces that may be cut anywhere. */
class CsvReader {
  /** Where in a cell the next character stands; `closed` is behind its second quote. */
  #place: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
  #line = 1;
  #begin = 1;
  #length = 0;
  #cells: string[] = [];
  #cell = '';
  #hasQuotes = false;
  #afterReturn = false;
  #problem: string | null = null;

  read(text: string): readonly CsvRecord[] {
    const records: CsvRecord[] = [];
    for (const char of text) {
      const record = this.#take(char);
      if (record !== null) records.push(record);
    }
    refuseLongRow(this.#length, this.#begin);
    return records;
  }

  /** What is left behind the last line break. */
  end(): CsvRecord | null {
    if (this.#place === 'quoted') this.#problem ??= 'a quote is never closed';
    return this.#endRecord();
  }

  #take(char: string): CsvRecord | null {
    const endsReturn = char === '\n' && this.#afterReturn;
    const isBreak = char === '\n' || char === '\r';
    this.#afterReturn = char === '\r';
    if (isBreak && !endsReturn) this.#line += 1;
    this.#length += 1;
    if (this.#place === 'quoted') this.#takeQuoted(char);
    else if (isBreak) return endsReturn ? null : this.#endRecord();
    else if (char === ',') this.#endCell();
    else if (char === '"') this.#takeQuote();
    else this.#takeBare(char);
    return null;
  }

  #takeQuoted(char: string): void {
    if (char === '"') this.#place = 'closed';
    else this.#cell += char;
  }

  #takeQuote(): void {
    if (this.#place === 'bare') {
      this.#problem ??= 'a quote in the middle of a cell: put the cell in quotes and double it';
      this.#cell += '"';
      return;
    }
    // Behind the second quote of a cell it is a quote of the cell's own, written twice.
    if (this.#place === 'closed') this.#cell += '"';
    this.#place = 'quoted';
    this.#hasQuotes = true;
  }

  #takeBare(char: string): void {
    if (this.#place === 'closed') this.#problem ??= 'text behind a closing quote';
    this.#place = 'bare';
    this.#cell += char;
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#place = 'start';
  }

  #endRecord(): CsvRecord | null {
    this.#endCell();
    const cells = this.#cells;
    const record = { line: this.#begin, cells, problem: this.#problem };
    const isEmptyLine = cells.length === 1 && cells[0] === '' && !this.#hasQuotes;
    this.#begin = this.#line;
    this.#length = 0;
    this.#cells = [];
    this.#hasQuotes = false;
    this.#problem = null;
    return isEmptyLine ? null : record;
  }
}
