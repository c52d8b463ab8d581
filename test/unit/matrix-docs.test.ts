import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { provisionMatrix } from '../matrix/provision/index.js';
import { renderMatrix, titleOf } from '../matrix/render.js';

const docs = fileURLToPath(new URL('../../docs/workflows', import.meta.url));

describe('the matrix of provision', () => {
  it('is the page of the documentation; `vitest -u` writes it', async () => {
    const file = path.join(docs, 'provision-failures.md');
    const options = { ...(await resolveConfig(file)), parser: 'markdown' };
    await expect(await format(renderMatrix(provisionMatrix), options)).toMatchFileSnapshot(file);
  });

  it('tells every accident once, in a world that exists', () => {
    const { rows, worlds } = provisionMatrix;
    const titles = rows.map(titleOf);
    expect(new Set(titles).size).toBe(titles.length);
    expect(rows.filter(({ world = 'usual' }) => !(world in worlds))).toEqual([]);
  });
});
