import type { Sitewright } from '../../client.js';
import { ExitCode } from '../exit-codes.js';
import { untilInterrupted } from '../interrupt.js';
import type { Output } from '../output.js';
import { withSession } from '../session.js';
import { checkRows } from './check.js';
import { doRow } from './one-row.js';
import { type BatchOptions, prepareBatch } from './options.js';
import { InvalidBatch, UnreadableRest } from './problems.js';
import { createReporter, type Reporter } from './reporter.js';
import { type BadRow, readRow, type ReadyRow } from './row-input.js';
import { formatOf, rowsOf } from './rows.js';
import { runRows } from './run-rows.js';
import { withSource } from './source.js';
import { Stop } from './stop.js';
import { type Summary, Tally } from './tally.js';

/** Rows at once, unless told otherwise: as many as a worker has no trouble with. */
const CONCURRENCY = 10;

type ReadRows = (signal?: AbortSignal) => AsyncGenerator<ReadyRow | BadRow>;

/**
 * Starts a provision per row of a file. A file is looked at as a whole before, so that nothing is
 * started when a row of it is wrong; of standard input each row is looked at before its start.
 *
 * @throws InvalidInput, InvalidConfig, InvalidBatch, Unreachable before anything was sent
 */
export async function provisionBatch(out: Output, options: BatchOptions): Promise<ExitCode> {
  const { installation, shared } = await prepareBatch(options);
  const format = options.format ?? formatOf(options.file);
  return withSource(options.file, async (source) => {
    const { name, seekable } = source;
    const readRows: ReadRows = async function* (signal) {
      for await (const row of rowsOf(source.text(signal), format)) yield readRow(row, shared);
    };
    const total = seekable ? await checkRows(readRows(), name) : null;
    // Counts when the reader of our output goes away, which ends the process.
    process.exitCode = ExitCode.interrupted;
    return withSession(async ({ client }) => {
      const tally = new Tally();
      const reporter = createReporter(out, tally, total);
      const batch = { client, readRows, name, options, tally, reporter };
      const summary = await startRows(batch).finally(() => reporter.end());
      reporter.summary(summary);
      return summary.exitCode;
    }, installation);
  });
}

interface Batch {
  readonly client: Sitewright;
  readonly readRows: ReadRows;
  readonly name: string;
  readonly options: BatchOptions;
  readonly tally: Tally;
  readonly reporter: Reporter;
}

async function startRows(batch: Batch): Promise<Summary> {
  const { tally, reporter, options } = batch;
  const { concurrency = CONCURRENCY } = options;
  const stop = new Stop();
  const { lastLine, complete } = await untilInterrupted((signal) => {
    signal.addEventListener('abort', () => {
      stop.because('interrupted');
      reporter.stopping();
    });
    return runRows(readable(batch, stop), (row) => take(row, batch, stop), { concurrency, stop });
  });
  const { reason } = stop;
  return tally.summary(
    complete || reason === null ? null : { because: reason, afterLine: lastLine },
  );
}

/** One row from its start to its end. */
async function take(row: ReadyRow | BadRow, batch: Batch, stop: Stop): Promise<void> {
  const { client, options, tally, reporter } = batch;
  const { wait, dryRun, stopAfter = Infinity } = options;
  const onlooker = wait || dryRun ? reporter.onlookerOf(row.line) : null;
  const end = await doRow(client, row, onlooker);
  tally.add(end);
  reporter.row(end);
  // The next row would fare no better.
  const away = end.operation === undefined && end.code === ExitCode.unreachable;
  if (away) stop.because('unreachable');
  if (tally.failures >= stopAfter) stop.because('failures');
}

/** @throws InvalidBatch when not even the first row can be read */
async function* readable(
  { readRows, tally, name }: Batch,
  stop: Stop,
): AsyncGenerator<ReadyRow | BadRow> {
  let none = true;
  try {
    for await (const row of readRows(stop.signal)) {
      none = false;
      yield row;
    }
  } catch (error) {
    if (!(error instanceof UnreadableRest)) throw error;
    if (none) throw new InvalidBatch(name, error.problems, error.problems.length);
    tally.addUnreadable(error.problems);
    stop.because('unreadable');
    throw error;
  }
}
