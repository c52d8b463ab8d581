import type { Output } from '../output.js';
import { visibleWidth } from './rows.js';

const ESC = '\u001B[';

/** Lines at the end of a terminal that are drawn again and again in the same place. */
export interface LiveRegion {
  draw(lines: readonly string[]): void;
  /** Writes lines that stay; what is drawn comes again below them. */
  above(lines: readonly string[]): void;
  erase(): void;
}

/** The cursor is hidden as long as something is drawn. */
export function liveRegion(out: Pick<Output, 'raw' | 'columns'>): LiveRegion {
  let height = 0;
  const showCursor = () => out.raw(`${ESC}?25h`);
  // A process that ends in the middle must not leave a terminal without a cursor.
  process.once('exit', showCursor);
  const back = () => (height === 0 ? '' : `${ESC}${height}A${ESC}0J`);
  return {
    draw(lines) {
      out.raw(`${ESC}?25l${back()}${lines.map((line) => `${line}\n`).join('')}`);
      height = lines.reduce((sum, line) => sum + rowsOf(line, out.columns), 0);
    },
    above(lines) {
      out.raw(`${back()}${lines.map((line) => `${line}\n`).join('')}`);
      height = 0;
    },
    erase() {
      out.raw(back());
      height = 0;
      process.off('exit', showCursor);
      showCursor();
    },
  };
}

/** A line longer than the terminal is wide takes several rows. */
function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(visibleWidth(line) / columns));
}
