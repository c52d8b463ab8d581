import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { madeFile } from '../../../simulators/press/storage/made-files.js';
import { lengthOf, readSegments } from '../../../simulators/press/storage/segments.js';
import {
  backedUp,
  backedUpOffsite,
  backupsOf,
  download,
  HOUR,
  loginTo,
  siteOf,
} from './support/backups.js';
import { messageOf, MINUTE, type Press, startPress } from './support/press-client.js';
import { get } from './support/raw-http.js';
import { recorded } from './support/recordings.js';

const SITE = 'acme-one.frappe.cloud';
const GIB = 1024 ** 3;
let press: Press;

beforeEach(async () => {
  press = await startPress();
  await press.activeSite('acme-one');
});

afterEach(() => press.sim.close());

const pathOf = (url: unknown): string => new URL(String(url)).pathname;

/** The one entry of a tar archive. */
function untar(archive: Buffer) {
  const field = (start: number, length: number) =>
    archive.toString('latin1', start, start + length).replace(/\0.*$/s, '');
  const size = Number.parseInt(field(124, 12), 8);
  const header = Buffer.from(archive.subarray(0, 512));
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  return {
    name: field(0, 100),
    magic: field(257, 6),
    size,
    checksumFits: sum === Number.parseInt(field(148, 8), 8),
    end: archive.subarray(512 + size),
  };
}

describe('files on the site itself', () => {
  it('are valid archives of the sizes that were told, with the data of the site', async () => {
    press.sim.setFileSizes(SITE, { database: 100_001, public: 70_000 });
    const line = await backedUp(press, SITE);
    const { marks } = { marks: siteOf(press, SITE).data };

    const database = await download(press, SITE, line.database_url);
    expect(database.status).toBe(200);
    expect(database.body).toHaveLength(100_001);
    expect(line.database_size).toBe('100001');
    expect(gunzipSync(database.body).toString()).toContain(String(marks.database));

    const files = await download(press, SITE, line.public_url);
    expect(files.body).toHaveLength(70_000);
    const entry = untar(files.body);
    expect(entry).toMatchObject({ magic: 'ustar', checksumFits: true });
    expect(entry.name).toBe(`./${SITE}/public/files/press-simulator-${String(marks.public)}.txt`);
    expect(entry.end.length).toBeGreaterThanOrEqual(1024);
    expect(entry.end.every((byte) => byte === 0)).toBe(true);

    const config = await download(press, SITE, line.config_file_url);
    expect(JSON.parse(config.body.toString())).toHaveProperty('encryption_key');
  });

  it('are only for a session there, by cookie or parameter (D 3)', async () => {
    const line = await backedUp(press, SITE);
    const path = pathOf(line.database_url);
    expect((await get(press, { host: SITE, path })).status).toBe(403);
    const sid = await loginTo(press, SITE);
    expect((await get(press, { host: SITE, path: `${path}?sid=${sid}` })).status).toBe(200);
    const other = await press.activeSite('acme-two');
    const foreign = await loginTo(press, other);
    expect((await get(press, { host: SITE, path: `${path}?sid=${foreign}` })).status).toBe(403);
    expect((await download(press, SITE, `https://${SITE}/backups/nosuch.gz`)).status).toBe(404);
  });

  it('can be asked for in ranges', async () => {
    const line = await backedUp(press, SITE);
    const whole = await download(press, SITE, line.database_url);
    const range = (value: string) => download(press, SITE, line.database_url, { range: value });
    const size = whole.body.length;

    const middle = await range('bytes=1000-1999');
    expect(middle.status).toBe(206);
    expect(middle.headers['content-range']).toBe(`bytes 1000-1999/${size}`);
    expect(middle.body).toEqual(whole.body.subarray(1000, 2000));
    expect((await range(`bytes=${size - 10}-`)).body).toEqual(whole.body.subarray(-10));
    expect((await range('bytes=-10')).body).toEqual(whole.body.subarray(-10));
    const beyond = await range(`bytes=${size}-`);
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${size}`]);
  });

  it('may be larger than anybody wants to store', async () => {
    press.sim.setFileSizes(SITE, { database: 60 * GIB, private: 20 * GIB });
    const line = await backedUp(press, SITE);
    expect(line.database_size).toBe(String(60 * GIB));
    const end = { range: `bytes=${60 * GIB - 20}-` };
    expect((await download(press, SITE, line.database_url, end)).body).toHaveLength(20);
    const start = { range: 'bytes=0-511' };
    const head = await download(press, SITE, line.private_url, start);
    expect(head.body.readBigUInt64BE(128)).toBe(BigInt(20 * GIB - 512 - 1024));
    expect(() => {
      press.sim.setFileSizes(SITE, { public: 10 });
    }).toThrow('2048');
  });

  it('are not served while the site is down, nor after a day', async () => {
    const line = await backedUp(press, SITE);
    await press.rdm(SITE, 'deactivate');
    expect((await download(press, SITE, line.database_url)).status).toBe(503);
    await press.rdm(SITE, 'activate');
    press.sim.clock.advance(MINUTE);
    expect((await download(press, SITE, line.database_url)).status).toBe(200);
    press.sim.clock.advance(26 * HOUR);
    expect((await download(press, SITE, line.database_url)).status).toBe(404);
  });

  it('arrive cut, refused or wrong where a rule says so', async () => {
    const { database_url: url } = await backedUp(press, SITE);
    const name = '-database.sql.gz';
    const right = await download(press, SITE, url);
    press.sim.addFault({ transfer: { name }, fault: { kind: 'cut', afterBytes: 70_000 } });
    await expect(download(press, SITE, url)).rejects.toThrow();
    press.sim.addFault({ transfer: { name }, fault: { kind: 'error', status: 502 } });
    expect((await download(press, SITE, url)).status).toBe(502);
    press.sim.addFault({ transfer: { name }, fault: { kind: 'corrupt', atByte: 90_000 } });
    const wrong = await download(press, SITE, url, { range: 'bytes=80000-' });
    const differ = [...wrong.body.keys()].filter(
      (at) => wrong.body[at] !== right.body[80_000 + at],
    );
    expect(differ).toEqual([10_000]);
    const transfers = press.sim.calls().filter(({ method }) => method === 'site.get_backup_file');
    expect(transfers.map(({ status }) => status)).toEqual([200, 200, 502, 206]);
  });
});

describe('files of offsite backups', () => {
  const link = (backup: unknown, file: string) =>
    press.call('press.api.site.get_backup_link', { name: SITE, backup, file });

  it('are fetched by a link that is good for an hour (B 1.4)', async () => {
    const line = await backedUpOffsite(press, SITE);
    const { message } = (await link(line.name, 'database')).body;
    const url = new URL(String(message));
    expect(url.searchParams.get('X-Amz-Expires')).toBe('3600');
    const fetched = await get(press, { path: url.pathname + url.search });
    expect(fetched.body).toHaveLength(Number(line.database_size));
    const again = await download(press, SITE, line.database_url);
    expect(again.body.equals(fetched.body)).toBe(true);

    const forged = url.search.replace(/Signature=\w{4}/, 'Signature=0000');
    expect((await get(press, { path: url.pathname + forged })).status).toBe(403);
    press.sim.clock.advance(2 * HOUR);
    expect((await get(press, { path: url.pathname + url.search })).status).toBe(403);

    const config = await press.rdm(SITE, 'get_backup_download_link', {
      backup: line.name,
      file: 'config',
    });
    const { pathname, search } = new URL(String(config.body.message));
    const { body } = await get(press, { path: pathname + search });
    expect(JSON.parse(body.toString())).toHaveProperty('encryption_key');
    const activities = await press.ask<{ action: string }[]>('press.api.site.activities', {
      filters: { site: SITE },
    });
    expect(activities.filter(({ action }) => action === 'Access Offsite Backups')).toHaveLength(2);
  });

  it('cannot be had of an on-site backup, nor of another kind', async () => {
    const line = await backedUp(press, SITE);
    const { response } = recorded('get-backup-link-onsite');
    const refused = await link(line.name, 'database');
    expect([refused.status, refused.body.exception]).toEqual([
      response.status,
      response.body.exception,
    ]);
    const invalid = await link(line.name, 'everything');
    expect([invalid.status, messageOf(invalid.body)]).toEqual([417, 'Invalid file type']);
  });
});

it.each([2048, 2049, 5000, 70_000, 1_000_003])('made files have %i bytes', (size) => {
  for (const kind of ['database', 'public', 'private'] as const) {
    const segments = madeFile({ kind, site: SITE, mark: 'abcde12345', size });
    expect(lengthOf(segments)).toBe(size);
    const bytes = Buffer.concat([...readSegments(segments, 0, size)]);
    expect(bytes).toHaveLength(size);
    if (kind === 'database') expect(gunzipSync(bytes).toString()).toContain('abcde12345');
  }
});

it('an archive leaves the files of the newest offsite backup only (B 4.2)', async () => {
  const first = await backedUpOffsite(press, SITE);
  const second = await backedUpOffsite(press, SITE);
  await backedUp(press, SITE);
  await press.rdm(SITE, 'archive', { create_offsite_backup: false });
  press.sim.clock.advance(5 * MINUTE);
  const left = await backupsOf(press, `${SITE}.archived`);
  expect(left.map(({ name }) => name)).toEqual([second.name]);
  expect(press.sim.estate().objects).toHaveLength(4);
  const dead = await press.call('press.api.site.get_backup_link', {
    name: `${SITE}.archived`,
    backup: first.name,
    file: 'database',
  });
  const { pathname, search } = new URL(String(dead.body.message));
  expect((await get(press, { path: pathname + search })).status).toBe(404);
});
