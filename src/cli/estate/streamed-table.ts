import type { Output } from '../output.js';
import { MEASURED_ROWS, type StreamTable, streamTable } from './table.js';

/** A table that is printed while its rows come. */
export interface StreamedTable {
  /** Resolves when there is room for another row. */
  add(cells: readonly string[]): Promise<void>;
  /** Prints what is held. */
  flush(): Promise<void>;
}

/** Holds the first rows until their widths are known, and prints the others at once. */
export function streamedTable(out: Output, head: readonly string[]): StreamedTable {
  let held: (readonly string[])[] = [];
  let table: StreamTable | null = null;
  const flush = async () => {
    if (held.length === 0) return;
    table = streamTable(head, held, out.view().colors.dim);
    const lines = [table.head, ...held.map(table.line)];
    held = [];
    await out.pour(lines.map((text) => `${text}\n`).join(''));
  };
  return {
    flush,
    async add(cells) {
      if (table !== null) return out.pour(`${table.line(cells)}\n`);
      held.push(cells);
      if (held.length === MEASURED_ROWS) await flush();
    },
  };
}
