import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { FaultRule, PressSimulator } from '../../../simulators/press/index.js';
import type { PressError } from '../../../src/frappe-cloud/index.js';
import {
  type Account,
  type ByteRange,
  type CallOptions,
  uploadFile,
  type UploadOptions,
  type UploadSource,
} from '../../../src/frappe-cloud/index.js';
import { createStorage } from '../../../src/frappe-cloud/storage/storage.js';
import { partsOf } from '../../../src/frappe-cloud/storage/upload-parts.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat } from './support/press-that.js';
import { always, type Script, scriptedServer } from './support/scripted-server.js';
import { simulatedPress } from './support/simulated-press.js';

const MIB = 1024 * 1024;

/** A file of any size that is made while it is read; `read` and the streams it gave can be looked at. */
function madeSource(bytes: number, file_name = 'big-database.sql.gz') {
  const streams: Readable[] = [];
  const read = vi.fn(({ start, end }: ByteRange) => {
    function* pieces() {
      for (let at = start; at < end; at += 65_536)
        yield Buffer.alloc(Math.min(65_536, end - at), 7);
    }
    const stream = Readable.from(pieces(), { objectMode: false });
    streams.push(stream);
    return Promise.resolve(stream);
  });
  const source: UploadSource = { kind: 'database', file_name, bytes, read };
  return { source, read, streams };
}

describe('an upload to the storage of Press', () => {
  let sim: PressSimulator;
  let account: Account;

  beforeEach(async () => {
    ({ sim, account } = await simulatedPress());
  });

  const upload = (source: UploadSource, options?: UploadOptions) =>
    uploadFile(account.press, account.storage, source, options);
  const objects = () => sim.estate().objects;
  const effects = (effect: string) => sim.effects().filter((each) => each.effect === effect);
  const calls = (method: string) => sim.calls().filter((call) => call.method === method);
  const failPart = (part: number, fault: Extract<FaultRule, { transfer: object }>['fault']) =>
    sim.addFault({ transfer: { direction: 'upload', part }, fault });
  const inParts = { partBytes: 5 * MIB };

  it('of a small file is one form', async () => {
    const { source, streams } = madeSource(100_003);
    const progress = vi.fn();
    const remote = await upload(source, { onProgress: progress });
    expect(remote).toEqual(expect.any(String));
    expect(objects()).toMatchObject([{ size: 100_003 }]);
    expect(objects()[0]?.key).toMatch(/big-database\.sql\.gz$/);
    expect(effects('file.register')).toHaveLength(1);
    expect(progress).toHaveBeenLastCalledWith(100_003);
    expect(streams.every((stream) => stream.destroyed)).toBe(true);
  });

  it.each([0, 1])('of %i bytes is one, too', async (bytes) => {
    await upload(madeSource(bytes).source);
    expect(objects()).toMatchObject([{ size: bytes }]);
  });

  it('of a large file is joined of its parts', async () => {
    const { source, read, streams } = madeSource(12 * MIB + 5);
    const progress = vi.fn();
    await upload(source, { ...inParts, onProgress: progress });
    expect(objects()).toMatchObject([{ size: 12 * MIB + 5 }]);
    expect(read.mock.calls.map(([range]) => range)).toEqual([
      { start: 0, end: 5 * MIB },
      { start: 5 * MIB, end: 10 * MIB },
      { start: 10 * MIB, end: 12 * MIB + 5 },
    ]);
    expect(progress).toHaveBeenLastCalledWith(12 * MIB + 5);
    expect(streams.every((stream) => stream.destroyed)).toBe(true);
    const [registered] = calls('press.api.site.uploaded_backup_info');
    expect(registered?.args).toMatchObject({ type: 'application/gzip', size: 12 * MIB + 5 });
  });

  it.each([
    ['is cut', { kind: 'cut', afterBytes: MIB }, 'CONNECTION_LOST'],
    ['is refused', { kind: 'error', status: 503 }, 'UNAVAILABLE'],
    ['arrives without an answer', { kind: 'lose_answer' }, 'CONNECTION_LOST'],
  ] as const)('sends only that part again which %s', async (_name, fault, code) => {
    failPart(2, fault);
    const again = vi.fn((_error: PressError) => Promise.resolve(true));
    const { source, read } = madeSource(12 * MIB);
    await upload(source, { ...inParts, again });
    expect(again.mock.calls.map(([error]) => error.code)).toEqual([code]);
    expect(again.mock.calls[0]?.[0].endpoint).toBe('storage PUT part 2');
    expect(read).toHaveBeenCalledTimes(4);
    expect(objects()).toMatchObject([{ size: 12 * MIB }]);
  });

  it('is aborted when nobody wants to go on', async () => {
    failPart(2, { kind: 'error', status: 500 });
    const { source, streams } = madeSource(12 * MIB);
    expect(await pressErrorOf(upload(source, inParts))).toMatchObject({ code: 'UNAVAILABLE' });
    expect(effects('upload.abort')).toHaveLength(1);
    expect(effects('file.register')).toEqual([]);
    expect(objects()).toEqual([]);
    expect(streams.every((stream) => stream.destroyed)).toBe(true);
  });

  it('is aborted when it is given up, although calls are not wanted any more', async () => {
    const giveUp = new AbortController();
    const { source } = madeSource(40 * MIB);
    const options = { ...inParts, signal: giveUp.signal, onProgress: () => giveUp.abort() };
    expect(await pressErrorOf(upload(source, options))).toMatchObject({ code: 'ABORTED' });
    expect(effects('upload.abort')).toHaveLength(1);
  });

  it('is aborted when its source fails, which is nobody else’s fault', async () => {
    const { source } = madeSource(12 * MIB);
    const broken = new Error('disk');
    const read = () =>
      Promise.resolve(new Readable({ read: (): void => undefined }).destroy(broken));
    await expect(upload({ ...source, read }, inParts)).rejects.toBe(broken);
    expect(effects('upload.abort')).toHaveLength(1);
  });

  it.each([MIB, -MIB])('wants as many bytes as were promised, not %i more', async (more) => {
    const { source } = madeSource(12 * MIB);
    const read = ({ start, end }: ByteRange) => source.read({ start, end: end + more });
    await expect(upload({ ...source, read }, inParts)).rejects.toThrow(RangeError);
    expect(objects()).toEqual([]);
  });

  it('is joined once, also when the answer is lost', async () => {
    sim.addFault({
      call: { method: 'press.api.site.multipart_exit' },
      fault: { kind: 'lose_answer' },
    });
    await upload(madeSource(12 * MIB).source, { ...inParts, again: () => Promise.resolve(true) });
    expect(effects('upload.complete')).toHaveLength(1);
    expect(effects('upload.abort')).toEqual([]);
    expect(objects()).toMatchObject([{ size: 12 * MIB }]);
  });

  it('that was gone before it was joined has failed', async () => {
    const message = 'An error occurred (NoSuchUpload) when calling the CompleteMultipartUpload';
    sim.addFault({
      call: { method: 'press.api.site.multipart_exit' },
      fault: { kind: 'exception', excType: 'NoSuchUpload', message },
    });
    const error = await pressErrorOf(upload(madeSource(12 * MIB).source, inParts));
    expect(error).toMatchObject({ code: 'SERVER_ERROR' });
    expect(effects('file.register')).toEqual([]);
  });

  it('keeps what has been sent when only its registration failed', async () => {
    sim.addFault({
      call: { method: 'press.api.site.uploaded_backup_info' },
      fault: { kind: 'gateway_error', status: 502, effect: 'none' },
    });
    const again = vi.fn(() => Promise.resolve(true));
    const { source, read } = madeSource(12 * MIB);
    await upload(source, { ...inParts, again });
    expect(again).toHaveBeenCalledTimes(1);
    expect(read).toHaveBeenCalledTimes(3);
    expect(effects('file.register')).toHaveLength(1);
  });

  it('gets another form when the first has expired', async () => {
    const { source } = madeSource(1_000);
    const late = vi.fn(() => {
      if (late.mock.calls.length === 1) sim.clock.advance(2 * 3_600_000);
      return source.read({ start: 0, end: 1_000 });
    });
    const again = vi.fn((_error: PressError) => Promise.resolve(true));
    await upload({ ...source, read: late }, { again });
    expect(again.mock.calls.map(([error]) => error.code)).toEqual(['FORBIDDEN']);
    expect(objects()).toHaveLength(1);
  });

  it('holds no more of a file than it has to', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    await upload(madeSource(192 * MIB).source, {
      onProgress: () => (most = Math.max(most, process.memoryUsage().arrayBuffers)),
    });
    expect(objects()).toMatchObject([{ size: 192 * MIB }]);
    expect(most - before).toBeLessThan(100 * MIB);
  });
});

/** A storage that answers as scripted, at the links of a Press that knows no other. */
async function scriptedStorage(script: Script, bytes = 12 * MIB) {
  const server = await scriptedServer(script);
  const link = (part: number) => `${server.url}/key?partNumber=${part}&X-Amz-Signature=topsecret`;
  const { press, sent } = await pressThat((method, { parts }) => {
    if (!method.endsWith('get_upload_link')) return { body: { message: 'f1' } };
    const count = Number(parts ?? 1);
    const form = { url: `${server.url}/bucket`, fields: { key: 'k', policy: 'p"q' } };
    const signed_urls = Array.from({ length: count }, (_, index) => link(index + 1));
    return { body: { message: count > 1 ? { Key: 'k', UploadId: 'u', signed_urls } : form } };
  });
  const storage = createStorage(server.url);
  onTestFinished(() => storage.close());
  const { source } = madeSource(bytes);
  const run = (options: UploadOptions & CallOptions = {}) =>
    uploadFile(press, storage, source, { partBytes: 5 * MIB, ...options });
  return { server, sent, run };
}

describe('the storage', () => {
  it('gets a signed link and bytes, and nothing of ours', async () => {
    const { server, run } = await scriptedStorage(always(200, '', { etag: '"e"' }));
    await run({ parallel: 1 });
    expect(server.seen).toHaveLength(3);
    for (const { method, path, headers } of server.seen) {
      expect(method).toBe('PUT');
      expect(path).toContain('X-Amz-Signature=');
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('x-press-team');
      expect(headers).not.toHaveProperty('transfer-encoding');
    }
    expect(server.seen.map(({ headers }) => Number(headers['content-length']))).toEqual([
      5 * MIB,
      5 * MIB,
      2 * MIB,
    ]);
  });

  it('gets a form with the file as its last part', async () => {
    const { server, run } = await scriptedStorage(always(204, ''), 3);
    expect(await run()).toBe('f1');
    const [form] = server.seen;
    expect(form?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=sitewright-/);
    const parsed = await new Response(form?.body, {
      headers: { 'content-type': form?.headers['content-type'] ?? '' },
    }).formData();
    expect([...parsed.keys()]).toEqual(['key', 'policy', 'file']);
    expect(parsed.get('policy')).toBe('p"q');
    expect(parsed.get('file')).toMatchObject({ name: 'big-database.sql.gz', size: 3 });
  });

  const xml = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;

  it.each([
    [403, xml('AccessDenied'), 'FORBIDDEN', 'AccessDenied'],
    [404, xml('NoSuchUpload'), 'NOT_FOUND', 'NoSuchUpload'],
    [400, xml('RequestTimeout'), 'TIMEOUT', 'RequestTimeout'],
    [400, xml('EntityTooLarge'), 'REFUSED', 'EntityTooLarge'],
    [503, xml('SlowDown'), 'UNAVAILABLE', 'SlowDown'],
    [500, 'oops', 'UNAVAILABLE', 'no reason'],
    [307, '', 'BAD_ANSWER', '307'],
    [200, '', 'BAD_ANSWER', 'ETag'],
  ])('that answers %i %s', async (status, body, code, words) => {
    const elsewhere = { location: 'http://elsewhere.example/' };
    const { server, sent, run } = await scriptedStorage(always(status, body, elsewhere));
    const error = await pressErrorOf(run({ parallel: 1 }));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(words);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('topsecret');
    expect(server.seen).toHaveLength(1);
    expect(sent.at(-1)).toEqual({ file: 'k', id: 'u', action: 'abort' });
  });

  it('that falls silent is not waited for', async () => {
    const { run } = await scriptedStorage(() => undefined, 1_000);
    expect(await pressErrorOf(run({ idleMs: 80 }))).toMatchObject({ code: 'TIMEOUT' });
  });

  it('is never reached in clear text when Press is not', async () => {
    const storage = createStorage('https://frappecloud.com');
    onTestFinished(() => storage.close());
    await expect(storage.open('http://storage.example/key')).rejects.toThrow(TypeError);
  });
});

describe('parts', () => {
  it.each([
    [0, undefined, 1, 0],
    [64 * MIB, undefined, 1, 64 * MIB],
    [64 * MIB + 1, undefined, 2, 64 * MIB],
    [12 * MIB, MIB, 3, 5 * MIB],
    [200_000 * MIB, undefined, 1_000, 200 * MIB],
  ])('of %i bytes by %s: %i, the first of %i', (bytes, partBytes, count, first) => {
    const parts = partsOf(bytes, partBytes);
    expect(parts).toHaveLength(count);
    expect(parts[0]).toEqual({ start: 0, end: first });
    expect(parts.at(-1)?.end).toBe(bytes);
    expect(parts.every(({ start }, index) => start === (parts[index - 1]?.end ?? 0))).toBe(true);
  });
});
