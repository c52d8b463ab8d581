import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../support/harness.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';
import { titleOf } from './render.js';
import type { Matrix, Row } from './row.js';
import { begin, finish, play, type Running, until } from './run.js';

/** An account has eight connections to Press; a call that hangs keeps one. */
const AT_ONCE = 9;

/**
 * Runs the rows in which the worker is killed, many at once, so that one death serves them all. When
 * every row has come to its moment the process gets SIGKILL; another one goes on. Of every nine rows
 * at least two must not hang.
 *
 * @param environment what the worker process needs besides the harness's.
 */
export function testKilledRows<Input>(
  matrix: Matrix<Input>,
  all: readonly Row<Input>[],
  environment: Readonly<Record<string, string>>,
): void {
  const chunks = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) =>
    all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
  describe.each(chunks.map((rows, index) => [index + 1, rows] as const))('death %i', (_, rows) => {
    const [world = 'usual'] = rows.map((row) => row.world);
    let harness: Harness;
    let worker: WorkerProcess;
    const running = new Map<Row<Input>, Running>();

    beforeAll(async () => {
      harness = await startHarness(matrix.worlds[world]);
      const env = { ...harness.workerEnvironment, ...environment };
      worker = await startWorkerProcess(env);
      await Promise.all(
        rows.map(async (row) => {
          const begun = await begin(harness, matrix, row);
          running.set(row, begun);
          for (const act of row.acts ?? []) {
            await (act.do === 'kill' ? until(begun, act) : play(begun, act));
          }
        }),
      );
      await worker.end('SIGKILL');
      worker = await startWorkerProcess(env);
    });
    afterAll(async () => {
      await worker.end('SIGTERM');
      await harness.close();
    });

    it.concurrent.each(rows.map((row) => [titleOf(row), row] as const))('%s', async (_, row) => {
      const begun = running.get(row);
      if (begun === undefined) throw new Error('it was never started');
      await finish(matrix, begun, row);
    });
  });
}
