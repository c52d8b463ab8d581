import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, type Press, SECOND, startPress } from './support/press-client.js';
import { recorded } from './support/recordings.js';

let press: Press;

beforeEach(async () => {
  press = await startPress();
});

afterEach(() => press.sim.close());

const me = 'press.api.account.me';

describe('team', () => {
  it('falls back silently from a foreign team', async () => {
    const { body } = await press.call(me, {}, { team: press.sim.accounts.other.team });
    expect(body.message).toEqual({
      user: press.sim.accounts.main.user,
      team: press.sim.accounts.main.team,
    });
  });

  it('null without header when the only team is disabled, 401 with it (observed C12)', async () => {
    const { team } = press.sim.accounts.main;
    press.sim.setTeam(team, { enabled: false });
    const named = await press.call(me, {});
    expect([named.status, messageOf(named.body)]).toEqual([401, 'Invalid Team']);
    const unnamed = { team: 'none' };
    expect((await press.call(me, {}, unnamed)).body.message).toMatchObject({ team: null });
    const list = await press.call('press.api.client.get_list', { doctype: 'Site' }, unnamed);
    expect(list.status).toBe(404);
  });

  it('sites of another team are not there: 403 by get, absent from lists', async () => {
    const name = await press.activeSite('acme-one');
    const body = { doctype: 'Site', name };
    expect((await press.call('press.api.client.get', body, { as: 'other' })).status).toBe(403);
    const list = await press.call('press.api.client.get_list', body, { as: 'other' });
    expect(list.body.message).toEqual([]);
  });
});

describe('verbs', () => {
  it('the scheme word is not case-sensitive; Basic carries the same pair', async () => {
    const { apiKey, apiSecret } = press.sim.accounts.main;
    const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
    for (const authorization of [`Token ${apiKey}:${apiSecret}`, `Basic ${basic}`]) {
      expect((await press.call(me, {}, { headers: { authorization } })).status).toBe(200);
    }
  });

  it('HEAD is 403 without a body, OPTIONS is 200', async () => {
    const head = await press.request(me, undefined, { verb: 'HEAD' });
    expect(head.status).toBe(recorded('method-head').response.status);
    const options = await press.request(me, undefined, { verb: 'OPTIONS' });
    expect(options.status).toBe(recorded('method-options').response.status);
  });

  it('a GET answers and is rolled back, whatever it answered', async () => {
    const name = await press.activeSite('acme-one');
    const effects = press.sim.effects().length;
    const path = `/api/method/press.api.site.deactivate?name=${name}`;
    expect((await press.call('', undefined, { verb: 'GET', path })).status).toBe(200);
    const query = `dt=Site&dn=${name}&method=archive&args=${encodeURIComponent('{"force":true}')}`;
    const archive = `/api/method/press.api.client.run_doc_method?${query}`;
    const { status, body } = await press.call('', undefined, { verb: 'GET', path: archive });
    expect(status).toBe(200);
    expect((body.docs as { status: string }[])[0]?.status).toBe('Pending');
    expect(press.statusOf(name)).toBe('Active');
    expect(press.sim.effects()).toHaveLength(effects);
    expect(press.sim.calls().at(-1)).toMatchObject({ answered: true, committed: false });
  });

  it('insert by GET is 403, form bodies are text', async () => {
    const path = '/api/method/press.api.client.insert?doc=x';
    expect((await press.call('', undefined, { verb: 'GET', path })).status).toBe(403);
    const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    const reply = await press.call('press.api.site.new', 'site=acme', form);
    expect([reply.status, reply.body.exc_type]).toEqual([500, 'AttributeError']);
  });
});

describe('exists', () => {
  const exists = () =>
    press.call('press.api.site.exists', { subdomain: 'free-one', domain: 'frappe.cloud' });

  it('lets ten calls per minute and address through, then 429 without Retry-After', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await exists()).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
    const limited = await exists();
    expect(limited.headers.get('retry-after')).toBeNull();
    expect(limited.body.exc_type).toBe('RateLimitExceededError');
    expect(messageOf(limited.body)).toBe(messageOf(recorded('exists-rate-limited').response.body));
    press.sim.clock.advance(61 * SECOND);
    expect((await exists()).status).toBe(200);
  });

  it('is the one look-up a guest may make', async () => {
    const body = { subdomain: 'free-one', domain: 'frappe.cloud' };
    expect((await press.call('press.api.site.exists', body, { as: null })).status).toBe(200);
  });
});

describe('lists', () => {
  beforeEach(async () => {
    for (const name of ['acme-one', 'acme-two', 'acme-three']) await press.activeSite(name);
  });

  const list = (body: object) =>
    press.ask<Record<string, unknown>[]>('press.api.client.get_list', { doctype: 'Site', ...body });

  it('show "Update Available" unless a status is asked for', async () => {
    press.sim.setUpdateAvailable('bench-0001-000001-f1-mumbai', true);
    const fields = ['name', 'status'];
    const masked = await list({ fields, filters: { name: 'acme-one.frappe.cloud' } });
    expect(masked[0]).toMatchObject({ status: 'Update Available' });
    const filters = { name: 'acme-one.frappe.cloud', status: ['in', ['Active', 'Broken']] };
    expect(await list({ fields, filters })).toEqual([
      { name: 'acme-one.frappe.cloud', status: 'Active' },
    ]);
  });

  it('drop unknown filters, which widens the result', async () => {
    expect(await list({ filters: { subdomain: 'acme-one' } })).toHaveLength(3);
  });

  it('know the operators, order, start and limit', async () => {
    const names = async (body: object) => (await list(body)).map(({ name }) => name);
    const like = { filters: { name: ['like', 'acme-t%'] }, order_by: 'creation desc' };
    expect(await names(like)).toEqual(['acme-three.frappe.cloud', 'acme-two.frappe.cloud']);
    expect(await names({ ...like, start: 1, limit: 1 })).toEqual(['acme-two.frappe.cloud']);
    expect(await names({ filters: { creation_failed: ['is', 'set'] } })).toEqual([]);
    expect(await names({ filters: { name: ['not like', 'acme-t%'] } })).toHaveLength(1);
  });

  it('stop at twenty rows, and at none with limit 0', async () => {
    for (let n = 10; n < 30; n += 1) await press.newSite(`extra-${n}`);
    expect(await list({})).toHaveLength(20);
    expect(await list({ limit: 0 })).toHaveLength(23);
  });

  it('jobs on a shared bench are 403 by get, 200 on an own bench', async () => {
    await press.newSite('own-one', { group: 'bench-0004' });
    const jobs = press.sim.estate().jobs.filter(({ jobType }) => jobType === 'New Site');
    const get = async (site: string) => {
      const name = jobs.find((job) => job.site === site)?.name;
      return (await press.call('press.api.client.get', { doctype: 'Agent Job', name })).status;
    };
    expect(await get('acme-one.frappe.cloud')).toBe(403);
    expect(await get('own-one.frappe.cloud')).toBe(200);
  });

  it('every doctype of the world can be listed and read by its owner only', async () => {
    const owned: [string, string][] = [
      ['Release Group', 'bench-0004'],
      ['Bench', 'bench-0004-000001-f1-mumbai'],
      ['Site Domain', 'acme-one.frappe.cloud'],
    ];
    for (const [doctype, name] of owned) {
      const body = { doctype, name };
      expect((await press.call('press.api.client.get', body)).body.message).toMatchObject(body);
      expect((await press.call('press.api.client.get', body, { as: 'other' })).status).toBe(403);
      const filters = { name, site: name };
      const rows = await press.ask('press.api.client.get_list', { doctype, filters });
      expect(rows).toMatchObject([{ name }]);
    }
    const plan = { doctype: 'Site Plan', filters: { price_usd: ['<', 10] }, fields: ['name'] };
    expect(await press.ask('press.api.client.get_list', plan)).toEqual([
      { name: 'Unlimited' },
      { name: 'USD 5' },
    ]);
    const backups = { doctype: 'Site Backup', filters: {} };
    expect(await press.ask('press.api.client.get_list', backups)).toEqual([]);
    const gone = { doctype: 'Release Group', name: 'bench-9999' };
    expect((await press.call('press.api.client.get', gone)).status).toBe(404);
  });
});
