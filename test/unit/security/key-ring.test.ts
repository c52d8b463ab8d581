import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadKeyRing, loadOrCreateKeyRing, parseKeyRing } from '../../../src/security/key-ring.js';

const key = (bytes = 32) => randomBytes(bytes).toString('base64');

describe('key ring from configuration', () => {
  it('keeps the order: the first key is the newest', () => {
    const ring = parseKeyRing(`b:${key()}, a:${key()}`);
    expect(ring.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(ring[0].key).toHaveLength(32);
  });

  it.each([
    ['is empty', ''],
    ['lacks a key', 'a:'],
    ['holds a short key', `a:${key(16)}`],
    ['holds a long key', `a:${key(33)}`],
    ['lacks an id', `:${key()}`],
    ['has an id that is no word', `a b:${key()}`],
    ['names an id twice', `a:${key()},a:${key()}`],
  ])('is refused when it %s, without showing a key', (_, text) => {
    const refused = expect(() => parseKeyRing(text));
    refused.toThrowError(expect.objectContaining({ name: 'KeyRingInvalid' }));
    const secret = text.split(':')[1];
    if (secret) refused.not.toThrowError(secret);
  });
});

describe('key ring file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-keys-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once, for its owner only', async () => {
    const file = path.join(folder, 'keys', 'payload.json');
    const first = await loadOrCreateKeyRing(file);
    const second = await loadOrCreateKeyRing(file);
    expect(second).toEqual(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
  });

  it('ends up the same for all who make it at once', async () => {
    const file = path.join(folder, 'payload.json');
    const rings = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateKeyRing(file)));
    expect(new Set(rings.map(([{ key }]) => Buffer.from(key).toString('hex'))).size).toBe(1);
  });

  it.each(['', 'nonsense', '{}', '{"keys":[]}', '{"keys":[{"id":1}]}'])(
    'is refused, and left alone, when it holds %j',
    async (content) => {
      const file = path.join(folder, 'payload.json');
      await writeFile(file, content);
      await expect(loadOrCreateKeyRing(file)).rejects.toMatchObject({ name: 'KeyRingInvalid' });
      expect(await readFile(file, 'utf8')).toBe(content);
    },
  );

  it('is not made where one was asked for by name', async () => {
    await expect(loadKeyRing(path.join(folder, 'none.json'))).rejects.toThrow('ENOENT');
  });
});
