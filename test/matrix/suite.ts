import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../support/harness.js';
import { leftOf } from './observe.js';
import { titleOf } from './render.js';
import type { Matrix, Row, Scene } from './row.js';
import { run } from './run.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Runs rows of a matrix as tests, side by side, in one harness per world. Afterwards the clock of
 * each world is put forward by days: what was left by then must be all there is, because Press can
 * make a site long after an operation has gone back (observed-2 4).
 */
export function testRows<Input>(matrix: Matrix<Input>, rows: readonly Row<Input>[]): void {
  for (const [world, options] of Object.entries(matrix.worlds)) {
    const here = rows.filter((row) => (row.world ?? 'usual') === world);
    if (here.length === 0) continue;
    describe(world, () => {
      let harness: Harness;
      const ended: { readonly row: Row<Input>; readonly scene: Scene }[] = [];
      beforeAll(async () => {
        harness = await startHarness(options);
      });
      afterAll(() => harness.close());

      it.concurrent.each(here.map((row) => [titleOf(row), row] as const))('%s', async (_, row) => {
        ended.push({ row, scene: await run(harness, matrix, row) });
      });

      it('leaves no more days later', () => {
        for (let day = 0; day < 4; day += 1) harness.simulator.clock.advance(DAY_MS);
        const gone = ended.filter(({ row }) => row.expect.left === 'nothing');
        const found = gone.map(({ row, scene }) => [titleOf(row), leftOf(scene)]);
        expect(found).toEqual(gone.map(({ row }) => [titleOf(row), 'nothing']));
      });
    });
  }
}
