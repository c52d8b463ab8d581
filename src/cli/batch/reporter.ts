import type { OperationState } from '../../domain/operations.js';
import type { Onlooker } from '../follow.js';
import type { Output } from '../output.js';
import {
  documentOfRow,
  renderProgress,
  renderRow,
  renderStopping,
  renderSummary,
} from '../render/batch.js';
import { liveRegion } from '../render/live.js';
import { SPINNER } from '../render/steps.js';
import type { RowEnd } from './one-row.js';
import { isFailure, type Summary, type Tally } from './tally.js';

/** As often as the progress of a single operation is drawn. */
const FRAME_MS = 100;

/** Shows how a batch goes on. */
export interface Reporter {
  /** Looks on while the operation of a row is under way. */
  onlookerOf(line: number): Onlooker;
  row(end: RowEnd): void;
  /** Ctrl-C: nothing more is started. */
  stopping(): void;
  /** Nothing is drawn any more. */
  end(): void;
  summary(summary: Summary): void;
}

/**
 * A line of progress in a terminal, and one for each row that goes wrong; elsewhere a line, or a
 * JSON document, for each row.
 *
 * @param total rows; null when nobody knows
 */
export function createReporter(out: Output, tally: Tally, total: number | null): Reporter {
  const open = new Map<number, OperationState>();
  const progress = out.live ? liveProgress(out, tally, total, open) : null;
  const tell = progress?.above ?? ((lines: readonly string[]) => out.lines(lines));
  let silent = false;
  return {
    onlookerOf: (line) => ({
      show: ({ state }) => {
        silent = false;
        open.set(line, state);
      },
      quiet: (hint) => {
        // Whoever does not answer for one does not answer for the others either.
        if (!silent) tell([`no answer: ${hint}`]);
        silent = true;
      },
    }),
    row: (end) => {
      open.delete(end.line);
      out.document(documentOfRow(end));
      if (progress === null || isFailure(end)) tell([renderRow(end, out.view())]);
    },
    stopping: () => (progress?.above ?? out.aside)(renderStopping(open.size)),
    end: () => progress?.end(),
    summary: (summary) => {
      out.document({ type: 'summary', ...summary });
      out.lines(renderSummary(summary, out.view()));
    },
  };
}

function liveProgress(
  out: Output,
  tally: Tally,
  total: number | null,
  open: ReadonlyMap<number, OperationState>,
) {
  const region = liveRegion(out);
  let frame = 0;
  const draw = () => {
    const spinner = SPINNER[frame % SPINNER.length] ?? '';
    region.draw([renderProgress({ spinner, total, tally, open: [...open.values()] })]);
    frame += 1;
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    above: (lines: readonly string[]) => region.above(lines),
    end: () => {
      clearInterval(timer);
      region.erase();
    },
  };
}
