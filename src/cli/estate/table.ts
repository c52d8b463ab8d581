import { pad, widest } from '../render/rows.js';

/** Rows whose widths decide about the columns; those that come later may be wider. */
export const MEASURED_ROWS = 100;

/** A table whose rows are all known. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  dim: (text: string) => string,
): readonly string[] {
  const table = streamTable(head, rows, dim);
  return [table.head, ...rows.map(table.line)];
}

/** A table without lines whose rows are printed as they come. */
export interface StreamTable {
  readonly head: string;
  readonly line: (cells: readonly string[]) => string;
}

/** @param first the rows that are known before the first is printed */
export function streamTable(
  head: readonly string[],
  first: readonly (readonly string[])[],
  dim: (text: string) => string,
): StreamTable {
  const widths = head.map((_, column) => widest([head, ...first].map((row) => row[column] ?? '')));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return { head: dim(line(head)), line };
}

/** Cells of several lines below each other. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths =
    rows[0]?.map((_, column) => widest(rows.map((cells) => cells[column] ?? ''))) ?? [];
  return rows.map((cells) =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
