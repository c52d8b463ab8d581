import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORKFLOW_TYPE } from '../../src/domain/operations.js';
import { type Harness, startHarness } from '../support/harness.js';
import { leftOf } from './observe.js';
import { titleOf } from './render.js';
import type { Matrix, Row, Scene } from './row.js';
import { run } from './run.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Rows mostly wait: more at once than there are processors. */
const AT_ONCE = 12;

/**
 * Runs rows of a matrix as tests, many side by side, in one harness per world. Afterwards the clock
 * of each world is put forward by days: what was left by then must be all there is, because Press
 * can make a site long after an operation has gone back (observed-2 4).
 */
export function testRows<Input>(matrix: Matrix<Input>, rows: readonly Row<Input>[]): void {
  describe(WORKFLOW_TYPE[matrix.kind], () => {
    const worlds = new Map<string, Promise<Harness>>();
    const worldOf = ({ world = 'usual' }: Row<Input>): Promise<Harness> => {
      const known = worlds.get(world) ?? startHarness(matrix.worlds[world]);
      worlds.set(world, known);
      return known;
    };
    const endings = new Map<Row<Input>, Promise<PromiseSettledResult<Scene>>>();
    beforeAll(() => {
      const pool = Array.from({ length: AT_ONCE }, () => Promise.resolve());
      rows.forEach((row, index) => {
        const lane = pool[index % AT_ONCE] ?? Promise.resolve();
        const ending = lane.then(async () => {
          const [settled] = await Promise.allSettled([
            worldOf(row).then((harness) => run(harness, matrix, row)),
          ]);
          return settled;
        });
        endings.set(row, ending);
        pool[index % AT_ONCE] = ending.then(() => undefined);
      });
    });
    afterAll(async () => {
      await Promise.all(endings.values());
      for (const harness of worlds.values()) await (await harness).close();
    });

    it.each(rows.map((row) => [titleOf(row), row] as const))('%s', async (_, row) => {
      const ending = await endings.get(row);
      if (ending?.status !== 'fulfilled') throw ending?.reason;
    });

    it('leaves no more days later', async () => {
      const settled = await Promise.all(
        rows.map(async (row) => ({ row, ending: await endings.get(row) })),
      );
      for (const harness of worlds.values()) {
        const { simulator, maplePress } = await harness;
        for (const { clock } of [simulator, maplePress]) {
          for (let day = 0; day < 4; day += 1) clock.advance(DAY_MS);
        }
      }
      const reborn: string[] = [];
      for (const { row, ending } of settled) {
        if (ending?.status !== 'fulfilled' || row.expect.left !== 'nothing') continue;
        const left = await (matrix.left ?? leftOf)(ending.value);
        if (left !== 'nothing') reborn.push(`${titleOf(row)}: ${left}`);
      }
      expect(reborn).toEqual([]);
    });
  });
}
