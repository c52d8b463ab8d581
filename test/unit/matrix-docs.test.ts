import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { MATRICES } from '../matrix/all.js';
import { pageOf, renderMatrix, titleOf } from '../matrix/render.js';

const docs = fileURLToPath(new URL('../../docs/workflows', import.meta.url));

describe.each(MATRICES)('the matrix of $kind', (matrix) => {
  it('is the page of the documentation; `vitest -u` writes it', async () => {
    const file = path.join(docs, `${pageOf(matrix).name}-failures.md`);
    const options = { ...(await resolveConfig(file)), parser: 'markdown' };
    await expect(await format(renderMatrix(matrix), options)).toMatchFileSnapshot(file);
  });

  it('tells every accident once, in a world that exists', () => {
    const { rows, worlds } = matrix;
    const titles = rows.map(titleOf);
    expect(new Set(titles).size).toBe(titles.length);
    expect(rows.filter(({ world = 'usual' }) => !(world in worlds))).toEqual([]);
  });
});
