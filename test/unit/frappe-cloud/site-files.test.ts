import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  type Backup,
  createSiteFiles,
  deactivateSite,
  PressError,
  type SiteFilesConfig,
} from '../../../src/frappe-cloud/index.js';
import { createSiteDoor } from '../../../src/frappe-cloud/site-door.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat } from './support/press-that.js';
import { always, type Script, scriptedServer } from './support/scripted-server.js';
import { backedUp, MINUTE_MS, SITE, simulatedSite } from './support/simulated-site.js';

const SID = 'sid0123456789abcdef';

describe('files of a backup, from the site', () => {
  let sim: PressSimulator;
  let account: Account;
  let backup: Backup;

  beforeEach(async () => {
    ({ sim, account } = await simulatedSite());
    sim.setFileSizes(SITE, { database: 300_001 });
    backup = await backedUp(sim, account);
  });

  const filesOf = (config: Partial<SiteFilesConfig> = {}) =>
    createSiteFiles(account.press, account.door, { site: SITE, host: SITE, ...config });
  const logins = () => sim.effects().filter(({ effect }) => effect === 'site.login').length;
  const name = () => backup.files.database?.file_name ?? '';
  const whole = async () => buffer((await filesOf().open({ file_name: name() })).body);

  it('come whole, in one session for all of them', async () => {
    const files = filesOf({ reason: 'op-1' });
    for (const file of Object.values(backup.files)) {
      const { from, totalBytes, body } = await files.open({ file_name: file?.file_name ?? '' });
      const bytes = await buffer(body);
      expect({ from, totalBytes }).toEqual({ from: 0, totalBytes: bytes.length });
      if (file?.bytes) expect(bytes).toHaveLength(file.bytes);
    }
    expect(logins()).toBe(1);
  });

  it('go on where they broke off', async () => {
    sim.addFault({ transfer: { name: name() }, fault: { kind: 'cut', afterBytes: 100_000 } });
    const files = filesOf();
    const { body } = await files.open({ file_name: name() });
    const pieces: Buffer[] = [];
    const broken = (async () => {
      for await (const piece of body as AsyncIterable<Buffer>) pieces.push(piece);
    })();
    expect(await pressErrorOf(broken)).toMatchObject({ code: 'CONNECTION_LOST' });
    const start = Buffer.concat(pieces);
    expect(start.length).toBeGreaterThan(0);
    const rest = await files.open({ file_name: name(), from: start.length });
    expect(rest).toMatchObject({ from: start.length, totalBytes: 300_001 });
    expect(Buffer.concat([start, await buffer(rest.body)])).toEqual(await whole());
  });

  it('are complete when nothing is left', async () => {
    const rest = await filesOf().open({ file_name: name(), from: 300_001 });
    expect(rest).toMatchObject({ from: 300_001, totalBytes: 300_001 });
    expect(await buffer(rest.body)).toHaveLength(0);
  });

  it('are asked for in another session once the first one counts no more', async () => {
    const { press, door } = account;
    let left = 1;
    const asked = vi.fn(door.open.bind(door));
    const forgetful = { ...door, open: asked };
    const files = createSiteFiles(press, forgetful, { site: SITE, host: SITE });
    (await files.open({ file_name: name() })).body.destroy();
    asked.mockImplementation(async (...args) => {
      if (left-- > 0) {
        const fields = { message: 'x', endpoint: 'e', sent: 'yes' } as const;
        throw new PressError({ code: 'FORBIDDEN', ...fields });
      }
      return door.open(...args);
    });
    expect(await buffer((await files.open({ file_name: name() })).body)).toHaveLength(300_001);
    expect(logins()).toBe(2);
  });

  it('are not there while the site is down', async () => {
    const files = filesOf();
    await deactivateSite(account.press, { site: SITE });
    const error = await pressErrorOf(files.open({ file_name: name() }));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', endpoint: 'site GET /backups' });
  });

  it('are gone after a day', async () => {
    sim.clock.advance(25 * 60 * MINUTE_MS);
    expect(await pressErrorOf(filesOf().open({ file_name: name() }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('may be given up in the middle', async () => {
    sim.setFileSizes(SITE, { database: 1024 ** 3 });
    sim.clock.advance(3 * 60 * MINUTE_MS);
    const large = (await backedUp(sim, account)).files.database;
    const giveUp = new AbortController();
    const options = { signal: giveUp.signal };
    const { body } = await filesOf().open({ file_name: large?.file_name ?? '' }, options);
    const reading = (async () => {
      for await (const piece of body as AsyncIterable<Buffer>) {
        if (piece.length > 0) giveUp.abort();
      }
    })();
    expect(await pressErrorOf(reading)).toMatchObject({ code: 'ABORTED' });
  });

  it.each(['', '../site_config.json', 'a/b.gz', '?x', '.hidden', 'a\r\nb', 'http://x'])(
    'are files and not paths: "%s"',
    async (file_name) => {
      await expect(filesOf().open({ file_name })).rejects.toThrow(TypeError);
      expect(logins()).toBe(0);
    },
  );
});

/** Files of a site that answers as scripted. */
async function scriptedFiles(script: Script, config: Partial<SiteFilesConfig> = {}) {
  const server = await scriptedServer(script);
  const { press } = await pressThat(() => ({ body: { message: { sid: SID, site: SITE } } }));
  const door = createSiteDoor(`${server.url}/ping`);
  onTestFinished(() => door.close());
  const files = createSiteFiles(press, door, { site: SITE, host: 'shop.example', ...config });
  return { server, open: (from = 0) => files.open({ file_name: 'db.sql.gz', from }) };
}

const sends = (headers: Record<string, string>, status = 200) =>
  ((response: ServerResponse) => response.writeHead(status, headers).end('content')) as Script;

describe('a site', () => {
  it('is asked by its host name, with the session in a cookie and nowhere else', async () => {
    const { server, open } = await scriptedFiles(sends({}));
    await buffer((await open(5)).body);
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'GET', path: '/backups/db.sql.gz' });
    expect(request?.headers).toMatchObject({
      host: 'shop.example',
      cookie: `sid=${SID}`,
      range: 'bytes=5-',
      'accept-encoding': 'identity',
    });
    expect(request?.headers.authorization).toBeUndefined();
  });

  it('that does not know ranges sends the whole file, and says so', async () => {
    const { open } = await scriptedFiles(sends({ 'content-length': '7' }));
    const file = await open(3);
    expect(file).toMatchObject({ from: 0, totalBytes: 7 });
    expect(await buffer(file.body)).toHaveLength(7);
  });

  it('may send JSON: its configuration is a file too', async () => {
    const { open } = await scriptedFiles(always(200, { encryption_key: 'x' }));
    expect((await buffer((await open()).body)).toString()).toContain('encryption_key');
  });

  it('that does not tell a length has an unknown one', async () => {
    const { open } = await scriptedFiles(sends({}));
    expect(await open()).toMatchObject({ from: 0, totalBytes: null });
  });

  it.each([
    ['a page', sends({ 'content-type': 'text/html; charset=utf-8' }), 'BAD_ANSWER', 'page'],
    ['a part of a page', sends({ 'content-type': 'text/html' }, 206), 'BAD_ANSWER', 'page'],
    ['another range', sends({ 'content-range': 'bytes 0-6/7' }, 206), 'BAD_ANSWER', 'part'],
    ['no range', sends({}, 206), 'BAD_ANSWER', 'part'],
    ['a range beyond the end', sends({ 'content-range': 'bytes */2' }, 416), 'BAD_ANSWER', '416'],
    [
      'a redirect',
      sends({ location: `https://x.example/?sid=${SID}` }, 301),
      'BAD_ANSWER',
      'x.example',
    ],
    ['a redirect to its login', sends({ location: '/login' }, 302), 'BAD_ANSWER', 'redirect'],
    ['a refusal', sends({ 'content-type': 'text/html' }, 403), 'FORBIDDEN', '403'],
    ['who are you', sends({}, 401), 'FORBIDDEN', '401'],
    ['suspended', sends({}, 402), 'UNAVAILABLE', '402'],
    ['maintenance', sends({ 'content-type': 'text/html' }, 503), 'UNAVAILABLE', '503'],
    ['a proxy that waits in vain', sends({}, 504), 'GATEWAY', '504'],
  ] as const)('that answers with %s', async (_name, script, code, words) => {
    const { server, open } = await scriptedFiles(script);
    const error = await pressErrorOf(open(3));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(words);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SID);
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['before the first byte', (): void => undefined],
    ['in the middle', (response: ServerResponse) => void response.writeHead(200).write('some')],
  ])('that falls silent %s is not waited for', async (_name, script) => {
    const { open } = await scriptedFiles(script, { idleMs: 80 });
    const reading = open().then(({ body }) => buffer(body));
    expect(await pressErrorOf(reading)).toMatchObject({ code: 'TIMEOUT' });
  });

  it('that nobody runs cannot be reached', async () => {
    const { press } = await pressThat(() => ({ body: { message: { sid: SID, site: SITE } } }));
    const door = createSiteDoor('http://127.0.0.1:9/ping');
    onTestFinished(() => door.close());
    const files = createSiteFiles(press, door, { site: SITE, host: SITE });
    expect(await pressErrorOf(files.open({ file_name: 'db.sql.gz' }))).toMatchObject({
      code: 'UNREACHABLE',
    });
  });

  it('may break off before anybody reads', async () => {
    const { open } = await scriptedFiles((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('some');
      response.socket?.end();
    });
    const { body } = await open();
    await vi.waitFor(() => expect(body.errored).not.toBeNull(), 20_000);
    expect(await pressErrorOf(buffer(body))).toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it('is left alone once the reader lets go', async () => {
    const closed = vi.fn();
    const server = createServer((_request, response) => {
      response.on('close', closed).writeHead(200).write(Buffer.alloc(1024));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const door = createSiteDoor(`http://127.0.0.1:${port}/ping`);
    onTestFinished(() => door.close());
    const request = { path: '/backups/a', headers: {}, from: 0, idleMs: 1_000, endpoint: 'e' };
    const { body } = await door.open(SITE, request);
    body.destroy();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), 20_000);
  });

  it('is a host name', async () => {
    const door = createSiteDoor('https://{site}/ping');
    onTestFinished(() => door.close());
    const request = { path: '/', headers: {}, from: 0, idleMs: 1_000, endpoint: 'e' };
    await expect(door.open('x.example/evil', request)).rejects.toThrow(TypeError);
  });
});
