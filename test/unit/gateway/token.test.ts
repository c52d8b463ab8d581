import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokenCheck, loadOrCreateToken } from '../../../src/gateway/token.js';

describe('the token of the gateway', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-token-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is made once, long, and for its owner only', async () => {
    const file = path.join(folder, 'keys', 'made.token');
    const [one, other] = await Promise.all([
      loadOrCreateToken({ file }),
      loadOrCreateToken({ file }),
    ]);
    expect(one).toBe(other);
    expect(one).toMatch(/^[\w-]{43}$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await loadOrCreateToken({ file })).toBe(one);
  });

  it('may be given as text, or in a file of somebody else', async () => {
    expect(await loadOrCreateToken({ text: 'given' })).toBe('given');
    const file = path.join(folder, 'theirs');
    await writeFile(file, 'written-by-somebody\n');
    expect(await loadOrCreateToken({ file })).toBe('written-by-somebody');
  });

  it('refuses a file without a token', async () => {
    const file = path.join(folder, 'empty');
    await writeFile(file, ' \n');
    await expect(loadOrCreateToken({ file })).rejects.toThrow(/at least 16/);
  });

  it.each([
    ['Bearer secret-token', true],
    ['bearer  secret-token', true],
    ['Bearer secret-tokem', false],
    ['Bearer secret-token x', false],
    ['Bearer', false],
    ['secret-token', false],
    [undefined, false],
  ])('compares %j', (header, expected) => {
    expect(createTokenCheck('secret-token')(header)).toBe(expected);
  });
});
