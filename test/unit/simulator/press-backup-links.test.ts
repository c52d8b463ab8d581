import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visit } from '../../support/visit.js';
import { messageOf, MINUTE, type Press, startPress } from './support/press-client.js';

const METHOD = 'press.api.site.get_backup_links';
const PASSWORD = 'mallards-cross-9';

let press: Press;
let name: string;
beforeEach(async () => {
  press = await startPress();
  name = await press.activeSite('acme-one');
  const { sid } = await press.ask<{ sid: string }>('press.api.site.login', { name, reason: 'lab' });
  await visit(`${press.sim.url}/api/resource/User/Administrator`, name, {
    method: 'PUT',
    body: { new_password: PASSWORD },
    cookie: `sid=${sid}`,
  });
});
afterEach(() => press.sim.close());

const links = (change: object = {}) =>
  press.call(METHOD, {
    url: `https://${name}`,
    email: 'Administrator',
    password: PASSWORD,
    ...change,
  });
const refusal = async (change?: object) => {
  const { status, body } = await links(change);
  return [status, messageOf(body)];
};
const backUp = async (withFiles: boolean) => {
  await press.ask('press.api.site.backup', { name, with_files: withFiles });
  press.sim.clock.advance(10 * MINUTE);
};

describe('press.api.site.get_backup_links (B 3.4)', () => {
  it('registers the files of the newest backup, which can then be restored elsewhere', async () => {
    await backUp(true);
    const { status, body } = await links();
    expect(status).toBe(200);
    const { message } = body as { message: { type: string; remote_file: string; url: string }[] };
    expect(message.map(({ type }) => type)).toEqual(['database', 'public', 'private', 'config']);
    expect(message[0]?.url).toMatch(new RegExp(`^https://${name}/backups/.*\\?sid=\\w+$`));

    const target = await press.activeSite('acme-two');
    const dataOf = (site: string) =>
      press.sim.estate().sites.find((row) => row.name === site)?.data.database;
    const files = Object.fromEntries(message.map(({ type, remote_file }) => [type, remote_file]));
    await press.ask('press.api.site.restore', { name: target, files });
    press.sim.clock.advance(10 * MINUTE);
    expect(dataOf(target)).toBe(dataOf(name));
  });

  it('refuses what it cannot take', async () => {
    expect(await refusal()).toEqual([
      417,
      'Missing site config and backup files: Database, Public, Private',
    ]);
    await backUp(false);
    expect(await refusal()).toEqual([417, 'Missing backup files: Public, Private']);
    expect(await refusal({ password: 'wrong' })).toEqual([
      417,
      expect.stringMatching(/^The credentials are invalid/),
    ]);
    expect(await refusal({ url: 'https://192.0.2.1' })).toEqual([
      417,
      expect.stringMatching(/^Could not fetch backups from https:\/\/192\.0\.2\.1\. Error: /),
    ]);
    press.sim.setResponsive(name, false);
    expect(await refusal()).toEqual([
      417,
      expect.stringMatching(/^The Frappe site is invalid or unreachable/),
    ]);
  });

  it('answers nothing for a name that does not resolve (measured)', async () => {
    const { status, body } = await links({ url: 'https://nosuch.customer.example' });
    expect([status, body]).toEqual([200, { message: [] }]);
  });
});

describe('Site.enable_monitoring', () => {
  it('watches a site again that answers', async () => {
    const isOff = async () => {
      const site = await press.ask<Record<string, unknown>>('press.api.client.get', {
        doctype: 'Site',
        name,
      });
      return site['is_monitoring_disabled'];
    };
    expect(await isOff()).toBe(0);
    press.sim.setMonitored(name, false);
    expect(await isOff()).toBe(1);
    press.sim.setResponsive(name, false);
    expect((await press.call(...enable())).status).toBe(417);
    press.sim.setResponsive(name, true);
    expect((await press.call(...enable())).status).toBe(200);
    expect((await press.call(...enable())).status).toBe(200);
    expect(await isOff()).toBe(0);
    const watched = press.sim.effects().filter(({ effect }) => effect === 'site.monitor');
    expect(watched).toHaveLength(1);
  });
});

const enable = () =>
  [
    'press.api.client.run_doc_method',
    { dt: 'Site', dn: name, method: 'enable_monitoring', args: {} },
  ] as const;
