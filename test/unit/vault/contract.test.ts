import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COPY_FILE_KINDS } from '../../../src/domain/safety-copy.js';
import { FILE_NAMES, MANIFEST } from '../../../src/vault/documents.js';
import {
  CopyComplete,
  CopyNotFound,
  DamagedArchive,
  DamagedRecord,
  handleFor,
  InvalidHandle,
  type Vault,
} from '../../../src/vault/index.js';
import { CONFIG, contentOf, SQL, tarOf } from './archives.js';
import { bytesOf, details, handle, onBothStores, SITE, sourceOf } from './fixture.js';

const CONTENT = {
  database: SQL,
  public: tarOf(contentOf(100_000)),
  private: tarOf(contentOf(3_000, 2)),
  config: CONFIG,
};

async function store(vault: Vault, change: Partial<typeof details> = {}): Promise<string> {
  const all = { ...details, ...change };
  const name = handleFor(all);
  for (const kind of COPY_FILE_KINDS) {
    await vault.writeFile(name, { kind, fileName: `x-${kind}` }, sourceOf(CONTENT[kind]));
  }
  await vault.complete(name, all);
  return name;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

onBothStores('a copy', (bench) => {
  it('comes out as it went in, also for another process', async () => {
    const { vault, another } = bench();
    await store(vault);
    const manifest = await another.manifest(handle);
    expect(manifest).toMatchObject({ ...details, handle });
    expect(manifest?.files.map(({ kind }) => kind)).toEqual(COPY_FILE_KINDS);
    for (const { kind, bytes, sha256, fileName } of manifest?.files ?? []) {
      const content = await bytesOf(await another.read(handle, kind));
      expect(content.equals(CONTENT[kind])).toBe(true);
      expect({ bytes, fileName }).toEqual({ bytes: content.length, fileName: `x-${kind}` });
      expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
      expect(await another.stored(handle, kind)).toBe(bytes);
    }
    expect(await another.verify(handle)).toEqual([]);
  });

  it('can be read in parts', async () => {
    const { vault } = bench();
    await store(vault);
    const part = async (range: { start?: number; end?: number }) =>
      bytesOf(await vault.read(handle, 'public', range));
    expect(await part({ start: 512, end: 1_512 })).toEqual(CONTENT.public.subarray(512, 1_512));
    expect(await part({ start: 90_000 })).toEqual(CONTENT.public.subarray(90_000));
    expect(await part({ start: 5, end: 5 })).toHaveLength(0);
  });

  it('is seen when its manifest is written, and not before', async () => {
    const { vault } = bench();
    const file = { kind: 'database', fileName: 'x.sql.gz' } as const;
    await vault.writeFile(handle, file, sourceOf(SQL));
    expect(await vault.manifest(handle)).toBeNull();
    expect(await all(vault.list())).toEqual([]);
    const [begun] = await all(vault.incomplete());
    expect(begun?.handle).toBe(handle);
    expect(Date.now() - new Date(begun?.lastWrittenAt ?? 0).getTime()).toBeLessThan(60_000);
    await expect(vault.verify(handle)).rejects.toThrow(CopyNotFound);

    const manifest = await vault.complete(handle, details);
    expect(await vault.complete(handle, { ...details, backup: 'another' })).toEqual(manifest);
    expect(await all(vault.list())).toEqual([manifest]);
    expect(await all(vault.incomplete())).toEqual([]);
  });

  it('is not complete without a file', async () => {
    const { vault } = bench();
    await expect(vault.complete(handle, details)).rejects.toThrow(CopyNotFound);
    await expect(vault.read(handle, 'public')).rejects.toThrow(CopyNotFound);
    expect(await vault.stored(handle, 'public')).toBe(0);
  });

  it('takes each file once, and another one in its place until it is complete', async () => {
    const { vault } = bench();
    const write = (fileName: string, source = sourceOf(SQL)) =>
      vault.writeFile(handle, { kind: 'database', fileName }, source);
    const first = await write('one.sql.gz');
    const untouched = sourceOf(SQL);
    expect(await write('one.sql.gz', untouched)).toEqual(first);
    expect(untouched.opened).toEqual([]);
    expect(await write('two.sql.gz')).toMatchObject({ fileName: 'two.sql.gz' });
    await vault.complete(handle, details);
    expect(await write('two.sql.gz', untouched)).toMatchObject({ fileName: 'two.sql.gz' });
    await expect(write('three.sql.gz')).rejects.toThrow(CopyComplete);
  });

  it('is refused when an archive is damaged, and nothing of that stays', async () => {
    const { vault, storage } = bench();
    const file = { kind: 'public', fileName: 'x.tar' } as const;
    const cut = CONTENT.public.subarray(0, -1_024);
    await expect(vault.writeFile(handle, file, sourceOf(cut))).rejects.toThrow(DamagedArchive);
    expect(await vault.stored(handle, 'public')).toBe(0);
    expect(await storage.size(handle, FILE_NAMES.public)).toBeNull();
    await expect(vault.complete(handle, details)).rejects.toThrow(CopyNotFound);
    const whole = sourceOf(CONTENT.public);
    await vault.writeFile(handle, file, whole);
    expect(whole.opened).toEqual([0]);
  });

  it('is removed with all that is in it', async () => {
    const { vault, storage } = bench();
    const name = await store(vault);
    await vault.remove(name);
    expect(await all(storage.handles(''))).toEqual([]);
    expect(await vault.manifest(name)).toBeNull();
    await vault.remove(name);
  });
});

onBothStores('verification', (bench) => {
  const tamper = async (change: (content: Buffer) => Buffer) => {
    const { vault, storage } = bench();
    await store(vault);
    // A document and a file are the same thing below.
    const text = change(await bytesOf(await vault.read(handle, 'config'))).toString();
    await storage.putDocument(handle, FILE_NAMES.config, text);
    return vault.verify(handle);
  };

  it('finds a wrong byte', async () => {
    const problems = await tamper((content) => Buffer.from(content).fill('#', 5, 6));
    expect(problems).toEqual([{ kind: 'config', problem: 'has another checksum' }]);
  });

  it('finds missing bytes', async () => {
    const problems = await tamper((content) => content.subarray(1));
    const { length } = CONFIG;
    expect(problems).toEqual([
      { kind: 'config', problem: `has ${length - 1} bytes instead of ${length}` },
    ]);
  });

  it('finds a missing file and goes on with the others', async () => {
    const { vault, storage } = bench();
    await store(vault);
    await storage.removeFile(handle, FILE_NAMES.database, null);
    await storage.removeFile(handle, FILE_NAMES.config, null);
    expect(await vault.verify(handle)).toEqual([
      { kind: 'database', problem: 'is missing' },
      { kind: 'config', problem: 'is missing' },
    ]);
  });

  it('finds a manifest that cannot be read, which hides no other copy', async () => {
    const { vault, storage } = bench();
    await store(vault);
    const other = await store(vault, { site: 'other.example.com' });
    await storage.putDocument(handle, MANIFEST, '{"handle": 1}');
    expect(await vault.verify(handle)).toEqual([{ kind: 'manifest', problem: 'cannot be read' }]);
    await expect(all(vault.list())).rejects.toThrow(DamagedRecord);
    const unreadable: string[] = [];
    const listed = await all(vault.list({ onUnreadable: (name) => unreadable.push(name) }));
    expect(listed.map((copy) => copy.handle)).toEqual([other]);
    expect(unreadable).toEqual([handle]);
  });

  it('ends when it is told to', async () => {
    const { vault } = bench();
    await store(vault);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(vault.verify(handle, { signal })).rejects.toBe(reason);
  });
});

onBothStores('a list', (bench) => {
  it('has many copies, oldest first, of one site or account or of all', async () => {
    const { vault, storage } = bench();
    // The first name begins like the second.
    const sites = [SITE, `${SITE}-2.example.com`, 'other.example.com'];
    const wanted: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      const site = sites[n % 3] ?? SITE;
      const takenAt = new Date(Date.UTC(2026, 10, 60 - n)).toISOString();
      const account = n % 2 === 0 ? 'main' : 'second';
      const made = { ...details, site, takenAt, account, storedAt: takenAt, files: [] };
      const name = handleFor(made);
      await storage.putDocument(name, MANIFEST, JSON.stringify({ ...made, handle: name }));
      if (site === SITE) wanted.unshift(takenAt);
    }
    expect(await all(vault.list())).toHaveLength(60);
    expect((await all(vault.list({ site: SITE }))).map(({ takenAt }) => takenAt)).toEqual(wanted);
    expect(await all(vault.list({ account: 'second' }))).toHaveLength(30);
    expect(await all(vault.list({ site: 'nobody.example.com' }))).toEqual([]);
  });

  it('is empty when nothing was ever stored', async () => {
    const { vault } = bench();
    expect(await all(vault.list())).toEqual([]);
    expect(await all(vault.incomplete())).toEqual([]);
  });
});

describe('a handle', () => {
  it('is the same word whenever the same operation copies the same backup', () => {
    expect(handle).toMatch(/^vault-acme-shop\.example\.com-20261120T214000Z-[0-9a-f]{8}$/);
    expect(handleFor({ ...details, takenAt: '2026-11-20T22:40:00+01:00' })).toBe(handle);
    expect(handleFor({ ...details, operationId: 'another' })).not.toBe(handle);
  });

  it.each(['../../etc', 'a/b', '', 'Acme.example.com', 'a..b', `${'a'.repeat(250)}.com`])(
    'is not made of the site "%s"',
    (site) => {
      expect(() => handleFor({ ...details, site })).toThrow(InvalidHandle);
    },
  );
});

onBothStores('a name that is no handle', (bench) => {
  it.each(['', '.', '..', '../elsewhere', `${handle}/..`, `x/${handle}`, `${handle}\n`, '/etc'])(
    'is refused everywhere: %j',
    async (name) => {
      const { vault } = bench();
      const calls: (() => unknown)[] = [
        () => vault.stored(name, 'public'),
        () => vault.writeFile(name, { kind: 'public', fileName: 'x' }, sourceOf(SQL)),
        () => vault.complete(name, details),
        () => vault.manifest(name),
        () => vault.read(name, 'public'),
        () => vault.verify(name),
        () => vault.remove(name),
      ];
      for (const call of calls) await expect(async () => call()).rejects.toThrow(InvalidHandle);
    },
  );
});
