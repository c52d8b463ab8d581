import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from './support/backups.js';
import { type Press, startPress } from './support/press-client.js';
import { recorded, shapeDifferences } from './support/recordings.js';
import {
  exitUpload,
  type MultipartLinks,
  putPart,
  register,
  sendForm,
  SMALLEST_PART,
  upload,
  uploadLink,
} from './support/uploads.js';

let press: Press;

beforeEach(async () => {
  press = await startPress();
});

afterEach(() => press.sim.close());

const content = Buffer.from('-- a dump\n'.repeat(9_999));
const part = (letter: string, size = SMALLEST_PART) => Buffer.alloc(size, letter);
const begin = () => uploadLink<MultipartLinks>(press, 'big-database.sql.gz', 2);
const parts = (list: { PartNumber: number; ETag: string | null }[]) =>
  JSON.stringify(list.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })));

describe('a plain upload', () => {
  it('is a form for one object, and leaves it in the storage', async () => {
    const link = await uploadLink(press, 'db.sql.gz');
    const theirs = recorded('get-upload-link').response.body.message;
    expect(shapeDifferences(theirs, link)).toEqual([]);
    expect(link.fields.key).toMatch(/^[0-9a-f]{40}\/\d+_\d+\/db\.sql\.gz$/);
    expect(await sendForm(link, content)).toBe(204);
    expect(press.sim.estate().objects).toMatchObject([
      { key: link.fields.key, size: content.length },
    ]);
  });

  it('takes a file of any bytes, boundaries included', async () => {
    const odd = Buffer.concat([
      Buffer.from([0, 255, 13, 10, 45, 45]),
      Buffer.from('\r\n--x--\r\n'),
    ]);
    await upload(press, 'odd.tar', odd);
    expect(press.sim.estate().objects[0]?.size).toBe(odd.length);
  });

  it('is refused for another key and after an hour', async () => {
    const link = await uploadLink(press, 'db.sql.gz');
    const other = { ...link, fields: { ...link.fields, key: 'another/key' } };
    expect(await sendForm(other, content)).toBe(403);
    press.sim.clock.advance(2 * HOUR);
    expect(await sendForm(link, content)).toBe(403);
    expect(press.sim.estate().objects).toEqual([]);
  });

  it('may be registered without being looked at, and is gone after a day (B 3.3)', async () => {
    expect(await register(press, 'nowhere/at/all')).toEqual(expect.any(String));
    await upload(press, 'db.sql.gz', content);
    const registered = press.sim.effects().filter(({ effect }) => effect === 'file.register');
    expect(registered).toHaveLength(2);
    press.sim.clock.advance(25 * HOUR);
    expect(press.sim.estate().objects).toEqual([]);
  });

  it('is another key each time, for numbers of parts only', async () => {
    const keys = await Promise.all([uploadLink(press, 'a'), uploadLink(press, 'a')]);
    expect(new Set(keys.map(({ fields }) => fields.key)).size).toBe(2);
    const wrong = await press.call('press.api.site.get_upload_link', { file: 'a', parts: 'two' });
    expect([wrong.status, wrong.body.exc_type]).toEqual([500, 'ValueError']);
  });
});

describe('a multipart upload', () => {
  it('joins its parts', async () => {
    const links = await begin();
    expect(links.signed_urls).toHaveLength(2);
    const [first, second] = [part('a'), part('b', 1000)];
    const sent = [
      await putPart(links.signed_urls[0], first, 1),
      await putPart(links.signed_urls[1], second, 2),
    ];
    expect(press.sim.estate().objects).toEqual([]);
    const done = await exitUpload(press, links, 'complete', parts(sent));
    const theirs = recorded('r2-site-multipart-exit-complete').response.body;
    expect(shapeDifferences(theirs, done.body)).toEqual([]);
    expect(done.body.message).toHaveProperty('ETag', expect.stringMatching(/^"\w{32}-2"$/));
    expect(press.sim.estate().objects).toMatchObject([
      { key: links.Key, size: first.length + second.length },
    ]);
    const again = await exitUpload(press, links, 'complete', parts(sent));
    expect([again.status, again.body.exc_type]).toEqual([500, 'NoSuchUpload']);
  });

  it('has links that are good for an hour, each for its own part', async () => {
    const links = await begin();
    const forged = links.signed_urls[0]?.replace('partNumber=1', 'partNumber=2');
    expect((await putPart(forged, part('a', 10), 2)).status).toBe(403);
    press.sim.clock.advance(2 * HOUR);
    expect((await putPart(links.signed_urls[0], part('a', 10), 1)).status).toBe(403);
  });

  it('is not joined of small, changed or missing parts', async () => {
    const links = await begin();
    const small = await putPart(links.signed_urls[0], part('a', 100), 1);
    const last = await putPart(links.signed_urls[1], part('b', 100), 2);
    const exception = async (list: (typeof small)[]) => {
      const { status, body } = await exitUpload(press, links, 'complete', parts(list));
      return [status, /\((\w+)\)/.exec(String(body.exception))?.[1]];
    };
    expect(await exception([small, last])).toEqual([500, 'EntityTooSmall']);
    expect(await exception([{ ...small, ETag: '"0"' }])).toEqual([500, 'InvalidPart']);
    expect(await exception([{ ...small, PartNumber: 3 }])).toEqual([500, 'InvalidPart']);
    expect(await exception([last])).toEqual([200, undefined]);
  });

  it('is aborted once', async () => {
    const links = await begin();
    const done = await exitUpload(press, links, 'abort');
    expect(done.body).toEqual(recorded('r2-site-multipart-exit-abort').response.body);
    const { response } = recorded('r2-site-multipart-exit-abort-again');
    const again = await exitUpload(press, links, 'abort');
    expect([again.status, again.body.exception]).toEqual([
      response.status,
      response.body.exception,
    ]);
    expect((await putPart(links.signed_urls[0], part('a', 10), 1)).status).toBe(404);
  });

  it('wants its parts as text', async () => {
    const links = await begin();
    const { response } = recorded('r2-site-multipart-exit-parts-as-list');
    const refused = await exitUpload(press, links, 'complete', [{ PartNumber: 1, ETag: 'x' }]);
    expect([refused.status, refused.body.exception]).toEqual([
      response.status,
      response.body.exception,
    ]);
    expect((await exitUpload(press, links, 'pause')).body.exc_type).toBe('UnboundLocalError');
  });

  it('loses parts and answers where a rule says so', async () => {
    const links = await begin();
    const put = (number: number, size = 100) =>
      putPart(links.signed_urls[number - 1], part('a', size), number);
    press.sim.addFault({ transfer: { part: 2 }, fault: { kind: 'error', status: 503 } });
    expect((await put(1)).status).toBe(200);
    expect((await put(2)).status).toBe(503);
    press.sim.addFault({ transfer: { part: 2 }, fault: { kind: 'cut', afterBytes: 50 } });
    await expect(put(2)).rejects.toThrow();
    press.sim.addFault({ transfer: { direction: 'upload' }, fault: { kind: 'lose_answer' } });
    await expect(put(2)).rejects.toThrow();
    const sent = press.sim.calls().filter(({ method }) => method === 'storage.put_part');
    expect(sent.map(({ status }) => status)).toEqual([200, 503, null, null]);
  });
});

it('nothing can be uploaded while Press does not reach the storage (B 3.1)', async () => {
  press.sim.setStorageReachable(false);
  expect(await uploadLink(press, 'db.sql.gz')).toBeNull();
});
