import { Problems, UnreadableRest } from './problems.js';
import { type BadRow, type ReadyRow, uniquesOf } from './row-input.js';

/**
 * Looks at every row before one is started.
 *
 * @returns how many there are
 * @throws InvalidBatch when one of them cannot be started
 */
export async function checkRows(
  rows: AsyncIterable<ReadyRow | BadRow>,
  name: string,
): Promise<number> {
  const problems = new Problems();
  const lines = new Map<string, number>();
  let count = 0;
  try {
    for await (const row of rows) {
      count += 1;
      if ('problems' in row) problems.add(row.problems);
      else problems.add(repeatsIn(row, lines));
    }
  } catch (error) {
    if (!(error instanceof UnreadableRest)) throw error;
    problems.add(error.problems);
  }
  problems.refuseIfAny(name);
  return count;
}

/** A site cannot be created twice: the second row would wait for the first, and be refused. */
function repeatsIn(row: ReadyRow, lines: Map<string, number>) {
  const { line } = row;
  return uniquesOf(row).flatMap(({ column, is }) => {
    const before = lines.get(`${column} ${is}`);
    lines.set(`${column} ${is}`, before ?? line);
    return before === undefined
      ? []
      : [{ line, column, message: `${is} is in line ${before}, too` }];
  });
}
