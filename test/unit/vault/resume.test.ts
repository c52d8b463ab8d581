import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { untilAborted } from '../../../src/vault/until-aborted.js';
import { UploadGone } from '../../../src/vault/errors.js';
import { FILE_NAMES } from '../../../src/vault/documents.js';
import {
  CopySuperseded,
  DamagedArchive,
  SourceEnded,
  type CopyFile,
  type OpenSource,
  type Vault,
  type VaultProgress,
} from '../../../src/vault/index.js';
import { contentOf, SQL, TAR_END, tarHeader, tarOf } from './archives.js';
import { bytesOf, chunksOf, handle, onBothStores, sourceOf } from './fixture.js';

const MIB = 1024 * 1024;
/** More than two parts of the smallest size in S3. */
const TAR = tarOf(contentOf(20 * MIB));
const SHA256 = createHash('sha256').update(TAR).digest('hex');
const FILE = { kind: 'public', fileName: 'x-files.tar' } as const;

/** Breaks once this many bytes have been taken. */
function breakingAt(bytes: number, content: Uint8Array = TAR): OpenSource {
  return async (start) => ({
    start,
    totalBytes: content.length,
    stream: (async function* () {
      yield* chunksOf(content.subarray(start, bytes));
      throw new Error('connection lost');
    })(),
  });
}

/** Gives this many bytes, and then nothing any more, without ending. */
function stuckAt(bytes: number): OpenSource & { readonly reached: Promise<void> } {
  let tell: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (tell = resolve));
  const open: OpenSource = async (start) => ({
    start,
    totalBytes: TAR.length,
    stream: (async function* () {
      yield* chunksOf(TAR.subarray(start, bytes));
      tell();
      await new Promise(() => undefined);
    })(),
  });
  return Object.assign(open, { reached });
}

async function expectWhole(vault: Vault, file: CopyFile): Promise<void> {
  expect(file).toEqual({ ...FILE, bytes: TAR.length, sha256: SHA256 });
  expect((await bytesOf(await vault.read(handle, 'public'))).equals(TAR)).toBe(true);
  expect(await vault.stored(handle, 'public')).toBe(TAR.length);
}

onBothStores('an interrupted file', (bench) => {
  it('goes on where it was, with the checksum of the whole', async () => {
    const { vault, another } = bench();
    await expect(vault.writeFile(handle, FILE, breakingAt(11 * MIB))).rejects.toThrow('lost');
    const first = await another.stored(handle, 'public');
    expect(first).toBeGreaterThanOrEqual(8 * MIB);
    expect(first).toBeLessThanOrEqual(11 * MIB);
    await expect(another.writeFile(handle, FILE, breakingAt(18 * MIB))).rejects.toThrow('lost');
    const second = await vault.stored(handle, 'public');
    expect(second).toBeGreaterThanOrEqual(16 * MIB);
    const rest = sourceOf(TAR);
    await expectWhole(vault, await vault.writeFile(handle, FILE, rest));
    expect(rest.opened).toEqual([second]);
  });

  it('begins again where the source cannot go on', async () => {
    const { vault } = bench();
    await expect(vault.writeFile(handle, FILE, breakingAt(11 * MIB))).rejects.toThrow('lost');
    const asked: number[] = [];
    const fromTheStart: OpenSource = async (start) => {
      asked.push(start);
      return { start: 0, totalBytes: TAR.length, stream: chunksOf(TAR) };
    };
    await expectWhole(vault, await vault.writeFile(handle, FILE, fromTheStart));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toBeGreaterThan(0);
  });

  it('begins again when the source has become another file', async () => {
    const { vault } = bench();
    const longer = tarOf(contentOf(21 * MIB, 5));
    await expect(vault.writeFile(handle, FILE, breakingAt(11 * MIB, longer))).rejects.toThrow(
      'lost',
    );
    const source = sourceOf(TAR);
    await expectWhole(vault, await vault.writeFile(handle, FILE, source));
    expect(source.opened).toEqual([expect.any(Number), 0]);
  });

  it('is ended without the source when every byte was stored', async () => {
    const { vault } = bench();
    const onProgress = ({ bytes }: VaultProgress) => {
      if (bytes === TAR.length) throw new Error('killed');
    };
    const killed = vault.writeFile(handle, FILE, sourceOf(TAR), { onProgress });
    await expect(killed).rejects.toThrow('killed');
    const source = sourceOf(TAR);
    await expectWhole(vault, await vault.writeFile(handle, FILE, source));
    expect(source.opened).toEqual([]);
  });

  it('is looked at when the writer ended before it could say that the file is whole', async () => {
    const { vault, storage } = bench();
    await vault.writeFile(handle, FILE, sourceOf(TAR));
    await storage.removeFile(handle, 'public.receipt.json', null);
    const record = { fileName: FILE.fileName, totalBytes: TAR.length, writer: 'w', state: {} };
    await storage.putDocument(handle, 'public.upload.json', JSON.stringify(record));
    const source = sourceOf(TAR);
    await expectWhole(vault, await vault.writeFile(handle, FILE, source));
    expect(source.opened).toEqual([]);
  });

  it('goes on without the size being known', async () => {
    const { vault } = bench();
    const unknown =
      (open: OpenSource): OpenSource =>
      async (start, signal) => ({ ...(await open(start, signal)), totalBytes: null });
    const lost = vault.writeFile(handle, FILE, unknown(breakingAt(18 * MIB)));
    await expect(lost).rejects.toThrow('lost');
    await expectWhole(vault, await vault.writeFile(handle, FILE, unknown(sourceOf(TAR))));
  });

  it('is resumed when the source ended early, and refused when it goes on for too long', async () => {
    const { vault } = bench();
    const ending =
      (bytes: number): OpenSource =>
      async (start) => ({
        start,
        totalBytes: bytes,
        stream: chunksOf(TAR.subarray(start, 12 * MIB)),
      });
    await expect(vault.writeFile(handle, FILE, ending(TAR.length))).rejects.toThrow(SourceEnded);
    expect(await vault.stored(handle, 'public')).toBeGreaterThan(0);
    const short = { kind: 'private', fileName: 'x' } as const;
    await expect(vault.writeFile(handle, short, ending(9 * MIB))).rejects.toThrow(DamagedArchive);
    expect(await vault.stored(handle, 'private')).toBe(0);
    await expectWhole(vault, await vault.writeFile(handle, FILE, sourceOf(TAR)));
  });

  it('that turns out to be damaged is begun again', async () => {
    const { vault, storage } = bench();
    const wrong = Buffer.from(TAR).fill(0xff, TAR.length - 1_024);
    await expect(vault.writeFile(handle, FILE, breakingAt(11 * MIB, wrong))).rejects.toThrow(
      'lost',
    );
    await expect(vault.writeFile(handle, FILE, sourceOf(wrong))).rejects.toThrow(DamagedArchive);
    expect(await vault.stored(handle, 'public')).toBe(0);
    expect(await storage.size(handle, FILE_NAMES.public)).toBeNull();
    const source = sourceOf(TAR);
    await expectWhole(vault, await vault.writeFile(handle, FILE, source));
    expect(source.opened).toEqual([0]);
  });
});

onBothStores('a signal', (bench) => {
  it('ends the work at once, also with a source that is stuck, and what is stored stays', async () => {
    const { vault } = bench();
    const controller = new AbortController();
    const source = stuckAt(11 * MIB);
    const work = vault.writeFile(handle, FILE, source, { signal: controller.signal });
    await source.reached;
    const reason = new Error('worker shuts down');
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    expect(await vault.stored(handle, 'public')).toBeGreaterThanOrEqual(8 * MIB);
    const rest = sourceOf(TAR);
    await expectWhole(vault, await vault.writeFile(handle, FILE, rest));
    expect(rest.opened[0]).toBeGreaterThanOrEqual(8 * MIB);
  });

  it('ends the reading of what was stored', async () => {
    const { vault } = bench();
    await expect(vault.writeFile(handle, FILE, breakingAt(11 * MIB))).rejects.toThrow('lost');
    const controller = new AbortController();
    const onProgress = ({ phase }: VaultProgress) => {
      if (phase === 'checking') controller.abort();
    };
    const options = { signal: controller.signal, onProgress };
    await expect(vault.writeFile(handle, FILE, sourceOf(TAR), options)).rejects.toThrow('abort');
    await expectWhole(vault, await vault.writeFile(handle, FILE, sourceOf(TAR)));
  });
});

onBothStores('two writers of a file', (bench) => {
  it('leave it to the later one', async () => {
    const { vault, another } = bench();
    let goOn: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => (goOn = resolve));
    const halfway = vi.fn();
    const slow: OpenSource = async (start) => ({
      start,
      totalBytes: TAR.length,
      stream: (async function* () {
        yield* chunksOf(TAR.subarray(start, 11 * MIB));
        halfway();
        await waits;
        yield* chunksOf(TAR.subarray(11 * MIB));
      })(),
    });
    const first = vault.writeFile(handle, FILE, slow);
    await vi.waitFor(() => expect(halfway).toHaveBeenCalled(), 20_000);
    const rest = sourceOf(TAR);
    const second = await another.writeFile(handle, FILE, rest);
    expect(rest.opened[0]).toBeGreaterThanOrEqual(8 * MIB);
    goOn();
    await expect(first).rejects.toThrow(CopySuperseded);
    await expectWhole(vault, second);
  });

  it('do no harm to each other at the same time, whoever wins', async () => {
    const { vault, another } = bench();
    const write = (store: Vault) => store.writeFile(handle, FILE, sourceOf(TAR));
    const ends = await Promise.allSettled([write(vault), write(another), write(vault)]);
    const harmless = [CopySuperseded, UploadGone];
    for (const end of ends) {
      if (end.status === 'fulfilled') continue;
      expect(
        harmless.some((kind) => end.reason instanceof kind),
        String(end.reason),
      ).toBe(true);
    }
    await expectWhole(vault, await write(vault));
  });

  it('never mix two sources', async () => {
    const { vault, another } = bench();
    const wrong = tarOf(contentOf(20 * MIB, 9));
    await Promise.allSettled([
      vault.writeFile(handle, FILE, sourceOf(wrong)),
      another.writeFile(handle, { ...FILE, fileName: 'y-files.tar' }, sourceOf(TAR)),
    ]);
    const file = await vault.writeFile(handle, FILE, sourceOf(TAR));
    const content = await bytesOf(await vault.read(handle, 'public'));
    expect([wrong, TAR].filter((whole) => content.equals(whole))).toHaveLength(1);
    expect(createHash('sha256').update(content).digest('hex')).toBe(file.sha256);
  });
});

onBothStores('a large file', (bench) => {
  it('is never held in memory, however fast it comes', async () => {
    const { vault } = bench();
    const size = 64 * MIB;
    let given = 0;
    let stored = 0;
    let held = 0;
    const zeros = Buffer.alloc(256 * 1024);
    const open: OpenSource = async () => ({
      start: 0,
      totalBytes: size + 512 + TAR_END.length,
      stream: (async function* () {
        const header = tarHeader('./big', size);
        for (const chunk of [header, ...Array<Buffer>(size / zeros.length).fill(zeros), TAR_END]) {
          given += chunk.length;
          held = Math.max(held, given - stored);
          yield chunk;
        }
      })(),
    });
    const onProgress = ({ bytes }: VaultProgress) => (stored = bytes);
    const file = await vault.writeFile(handle, FILE, open, { onProgress });
    expect(file.bytes).toBe(given);
    expect(stored).toBe(given);
    // One part of the smallest size in S3, and the chunk that is on its way.
    expect(held).toBeLessThanOrEqual(8 * MIB + 2 * zeros.length);
  });
});

describe('reading until a signal', () => {
  it('closes the stream, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    let closed = false;
    const stream = (async function* () {
      try {
        yield* chunksOf(SQL);
      } finally {
        closed = true;
      }
    })();
    for await (const chunk of untilAborted(stream, signal)) {
      expect(chunk).toBeDefined();
      break;
    }
    await vi.waitFor(() => expect(closed).toBe(true), 20_000);
    expect(remove).toHaveBeenCalledOnce();
  });
});
