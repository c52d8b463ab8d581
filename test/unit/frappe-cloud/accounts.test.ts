import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type Account,
  type AccountConfig,
  checkAccount,
  createAccounts,
  UnknownAccount,
} from '../../../src/frappe-cloud/accounts.js';
import { calibrateClock } from '../../../src/frappe-cloud/calibration.js';
import { pressErrorOf } from './support/failing.js';
import { always, CREDENTIALS, type Script, scriptedServer } from './support/scripted-server.js';

function accountsAt(url: string, config: Partial<AccountConfig> = {}) {
  const accounts = createAccounts([
    { name: 'main', url, team: 'team-one', ...CREDENTIALS, ...config },
  ]);
  onTestFinished(() => accounts.close());
  return accounts;
}

async function accountWith(script: Script): Promise<Account> {
  const server = await scriptedServer(script);
  return accountsAt(server.url).get('main');
}

describe('accounts', () => {
  it('names the known ones when asked for another', () => {
    const accounts = accountsAt('http://127.0.0.1');
    expect(() => accounts.get('mian')).toThrow(UnknownAccount);
    expect(() => accounts.get('mian')).toThrow('unknown account "mian"; configured: main');
  });

  it('must have different names', () => {
    const config = { name: 'main', url: 'http://127.0.0.1', team: 't', ...CREDENTIALS };
    expect(() => createAccounts([config, config])).toThrow('two accounts are named "main"');
  });

  it("keep the server's time", async () => {
    const date = 'Fri, 20 Nov 2020 12:00:00 GMT';
    const account = await accountWith(
      always(200, { message: { user: 'u', team: null } }, { date }),
    );
    await checkAccount(account);
    expect(account.clock.now() - Date.parse(date)).toBeLessThan(60_000);
  });
});

describe('the check of an account', () => {
  it('passes when Press acts as the team we mean', async () => {
    const account = await accountWith(always(200, { message: { user: 'u', team: 'team-one' } }));
    expect(await checkAccount(account)).toEqual({ ok: true, user: 'u', team: 'team-one' });
  });

  it('fails for the silent fallback to another team', async () => {
    const account = await accountWith(always(200, { message: { user: 'u', team: 'team-two' } }));
    expect(await checkAccount(account)).toMatchObject({
      ok: false,
      team: 'team-two',
      reason: 'Press acts as team "team-two", not "team-one"',
    });
  });

  it('fails for no team at all', async () => {
    const account = await accountWith(always(200, { message: { user: 'u', team: null } }));
    expect(await checkAccount(account)).toMatchObject({ ok: false, team: null });
  });

  it('throws for a wrong key', async () => {
    const account = await accountWith(always(401, { exc_type: 'AuthenticationError' }));
    expect(await pressErrorOf(checkAccount(account))).toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

describe('the probe of a site', () => {
  async function probed(script: Script, siteProbe?: (url: string) => string | null) {
    const server = await scriptedServer(script);
    const template = siteProbe ? siteProbe(server.url) : `${server.url}/api/method/ping`;
    const { probe } = accountsAt(server.url, { siteProbe: template }).get('main');
    return { server, result: await probe('acme.frappe.cloud') };
  }

  it('asks with the site as host and without credentials', async () => {
    const { server, result } = await probed(always(200, { message: 'pong' }));
    expect(result).toEqual({ ok: true, status: 200 });
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'GET', path: '/api/method/ping' });
    expect(request?.headers.host).toBe('acme.frappe.cloud');
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.headers['x-press-team']).toBeUndefined();
  });

  it('puts the site into the template', async () => {
    const { server } = await probed(always(200, {}), (url) => `${url}/ping?of={site}`);
    expect(server.seen[0]?.path).toBe('/ping?of=acme.frappe.cloud');
    expect(server.seen[0]?.headers.host).not.toBe('acme.frappe.cloud');
  });

  it.each([301, 404, 503])('says no to %i', async (status) => {
    const { server, result } = await probed(always(status, '', { location: '/elsewhere' }));
    expect(result).toEqual({ ok: false, status, reason: `HTTP ${status}` });
    expect(server.seen).toHaveLength(1);
  });

  it('says no when nobody answers', async () => {
    const { result } = await probed((response) => response.destroy());
    expect(result).toMatchObject({ ok: false });
  });

  it('can be switched off', async () => {
    const { server, result } = await probed(always(500, ''), () => null);
    expect(result).toEqual({ ok: true, reason: 'not probed' });
    expect(server.seen).toHaveLength(0);
  });

  it.each(['x@evil.example', 'evil.example/#', 'a b', 'a..b', ''])(
    'refuses "%s" as a site',
    async (site) => {
      const server = await scriptedServer(always(200, {}));
      const { probe } = accountsAt(server.url, { siteProbe: 'http://{site}/' }).get('main');
      expect(await probe(site)).toEqual({ ok: false, reason: 'not a host name' });
    },
  );
});

describe('calibration of the clock', () => {
  const row = (start: string | null) => ({
    name: 'j1',
    job_type: 'New Site',
    status: 'Success',
    creation: '2026-11-20 14:00:00.1',
    start,
    end: null,
    bench: null,
  });

  it('compares the two ways in which Press shows the start of a job', async () => {
    const account = await accountWith((response, { path }) => {
      const detail = { ...row('2026-11-20 12:00:05.5'), steps: [] };
      const message = path.endsWith('site.job')
        ? detail
        : [row(null), row('2026-11-20 14:00:05.5')];
      response.end(JSON.stringify({ message }));
    });
    expect(await calibrateClock(account, 'acme.frappe.cloud')).toBe(true);
    expect(account.clock).toMatchObject({ offsetMinutes: 120, calibrated: true });
  });

  it('waits for a job that has started', async () => {
    const account = await accountWith(always(200, { message: [row(null)] }));
    expect(await calibrateClock(account, 'acme.frappe.cloud')).toBe(false);
    expect(account.clock.calibrated).toBe(false);
  });
});
