import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type MaplePressSimulator,
  startMaplePressSimulator,
} from '../../../simulators/maplepress/index.js';
import {
  createSite,
  deleteSite,
  getSite,
  listSites,
  rotateApiKey,
} from '../../../src/maplepress/index.js';
import { errorOf, MINUTE, SECOND, simulated, tenantAt } from './support/simulated.js';

const SITE = { siteUrl: 'https://example.com' };
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

async function post(sim: MaplePressSimulator, target: string, body: object, token?: string) {
  const response = await fetch(`${sim.url}${target}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: token }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function tokenOf(sim: MaplePressSimulator): Promise<string> {
  const { email, password } = sim.tenants.main;
  const { body } = await post(sim, '/api/v1/login', { email, password });
  return String(body.access_token);
}

describe('the plugin of a simulated site', () => {
  it('shows itself after a while: pending, then active', async () => {
    const { sim, maplePress } = await simulated();
    const { id } = await createSite(maplePress, SITE);
    sim.clock.advance(5 * MINUTE);
    expect(await getSite(maplePress, id)).toMatchObject({ status: 'pending', isVerified: false });
    sim.clock.advance(10 * MINUTE);
    expect(await getSite(maplePress, id)).toMatchObject({
      status: 'active',
      isVerified: true,
      pluginVersion: '1.0.0',
      lastIndexedAt: null,
    });
  });

  it('never shows itself unless told, when told so', async () => {
    const { sim, maplePress } = await simulated({ timings: { pluginConnects: null } });
    const { id } = await createSite(maplePress, SITE);
    sim.clock.advance(7 * DAY);
    expect((await getSite(maplePress, id)).status).toBe('pending');
    sim.connectPlugin('example.com');
    expect((await getSite(maplePress, id)).status).toBe('active');
  });

  it('never gets what was in a lost answer; a new key without its token verifies nothing', async () => {
    const { sim, maplePress } = await simulated();
    sim.addFault({ call: { endpoint: 'POST /api/v1/sites' }, fault: { kind: 'lose_answer' } });
    await expect(createSite(maplePress, SITE)).rejects.toThrow();
    const id = sim.estate().sites[0]?.id ?? '';
    sim.clock.advance(DAY);
    expect(sim.estate().sites[0]).toMatchObject({ status: 'pending', pluginWorks: false });
    await rotateApiKey(maplePress, id);
    sim.clock.advance(DAY);
    expect((await getSite(maplePress, id)).status).toBe('pending');
  });

  it('verifies with the right token only', async () => {
    const { sim, maplePress } = await simulated();
    const { id, apiKey, verificationToken } = await createSite(maplePress, SITE);
    const key = { apiKey: apiKey.reveal() };
    expect(sim.pluginRequest(key)).toEqual({ accepted: false, site: id });
    const wrong = { ...key, verificationToken: 'verify_wrong' };
    expect(sim.pluginRequest(wrong).accepted).toBe(false);
    const right = { ...key, verificationToken: verificationToken.reveal() };
    expect(sim.pluginRequest(right)).toEqual({ accepted: true, site: id });
    expect(sim.pluginRequest(key).accepted).toBe(true);
  });

  it('indexes pages by the hour; of a quiet site nothing moves', async () => {
    const { sim, maplePress } = await simulated();
    const { id } = await createSite(maplePress, SITE);
    sim.connectPlugin(id);
    sim.clock.advance(3 * HOUR);
    const busy = await getSite(maplePress, id);
    expect(busy.totalPagesIndexed).toBeGreaterThan(0);
    expect(busy.searchRequestsCount).toBeGreaterThan(0);
    expect(busy.storageUsedBytes).toBeGreaterThan(0);
    expect(busy.lastIndexedAt?.getTime()).toBeGreaterThan(busy.createdAt.getTime());

    sim.setQuiet(id, true);
    sim.clock.advance(3 * HOUR);
    expect(await getSite(maplePress, id)).toEqual(busy);
    sim.setQuiet(id, false);
    sim.clock.advance(3 * HOUR);
    const later = await getSite(maplePress, id);
    expect(later.searchRequestsCount).toBeGreaterThan(busy.searchRequestsCount);
  });

  it('stops at a rotation, until its owner has entered the new key', async () => {
    const { sim, maplePress } = await simulated();
    const { id } = await createSite(maplePress, SITE);
    sim.connectPlugin(id);
    sim.clock.advance(HOUR + 10 * MINUTE);
    const before = await getSite(maplePress, id);
    await rotateApiKey(maplePress, id);
    expect(sim.estate().sites[0]).toMatchObject({ pluginWorks: false, keyNumber: 2 });
    sim.clock.advance(5 * MINUTE);
    expect((await getSite(maplePress, id)).searchRequestsCount).toBe(before.searchRequestsCount);
    sim.clock.advance(2 * HOUR);
    expect(sim.estate().sites[0]).toMatchObject({ pluginWorks: true, status: 'active' });
    const after = await getSite(maplePress, id);
    expect(after.searchRequestsCount).toBeGreaterThan(before.searchRequestsCount);
  });

  it('counts pages by the month', async () => {
    const startAt = new Date('2024-10-24T12:00:00Z');
    const { sim, maplePress } = await simulated({ startAt, timings: { indexing: null } });
    const { id, apiKey } = await createSite(maplePress, SITE);
    sim.connectPlugin(id);
    sim.pluginRequest({ apiKey: apiKey.reveal(), pages: 3 });
    sim.clock.advance(20 * DAY);
    sim.pluginRequest({ apiKey: apiKey.reveal(), pages: 4 });
    expect(await getSite(maplePress, id)).toMatchObject({
      totalPagesIndexed: 7,
      monthlyPagesIndexed: 4,
      lastResetAt: new Date('2024-11-01T00:00:00Z'),
    });
  });
});

describe('the simulated server', () => {
  it('wants a JWT that it has made, and that has not expired', async () => {
    const { sim } = await simulated();
    const token = await tokenOf(sim);
    const ask = async (authorization: string) =>
      (await fetch(`${sim.url}/api/v1/sites`, { headers: { authorization } })).status;
    expect(await ask(`JWT ${token}`)).toBe(200);
    expect(await ask(`Bearer ${token}`)).toBe(401);
    expect(await ask(`JWT ${token}x`)).toBe(401);
    expect(await ask('')).toBe(401);
    sim.clock.advance(15 * MINUTE);
    expect(await ask(`JWT ${token}`)).toBe(401);
  });

  it.each([
    [{ site_url: 'ftp://example.com' }, 400],
    [{ site_url: '' }, 400],
    [{ site_url: 'https://10.0.0.1' }, 400],
    [{}, 400],
    [{ domain: 'ignored.example', site_url: 'https://example.com' }, 201],
  ])('judges %j by itself: %d', async (body, status) => {
    const { sim } = await simulated();
    const answer = await post(sim, '/api/v1/sites', body, `JWT ${await tokenOf(sim)}`);
    expect(answer.status).toBe(status);
    if (status === 201) expect(answer.body.domain).toBe('example.com');
  });

  it('refuses page sizes and ids that are none', async () => {
    const { sim } = await simulated();
    const headers = { authorization: `JWT ${await tokenOf(sim)}` };
    const status = async (target: string) =>
      (await fetch(`${sim.url}${target}`, { headers })).status;
    expect(await status('/api/v1/sites?page_size=0')).toBe(400);
    expect(await status('/api/v1/sites?page_size=101')).toBe(400);
    expect(await status('/api/v1/sites/not-a-uuid')).toBe(400);
    expect(await status('/api/v1/elsewhere')).toBe(404);
  });

  it('is the same again with the same seed', async () => {
    const startAt = new Date('2024-10-24T00:00:00Z');
    const told: unknown[] = [];
    for (const seed of [7, 7, 8]) {
      const { sim, maplePress } = await simulated({ seed, startAt });
      const { id, apiKey } = await createSite(maplePress, SITE);
      sim.clock.advance(DAY);
      told.push({ site: await getSite(maplePress, id), key: apiKey.reveal() });
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).not.toEqual(told[2]);
  });

  it('goes on from its state file, also with a call that waits', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sitewright-maplepress-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const options = { speed: 0, stateFile: path.join(folder, 'world.json') };

    const first = await startMaplePressSimulator(options);
    const before = tenantAt(first.url);
    const { id } = await createSite(before, SITE);
    const late = { endpoint: 'DELETE /api/v1/sites/{id}' };
    first.addFault({ call: late, fault: { kind: 'late', seconds: 30 } });
    const lost = errorOf(deleteSite(before, id));
    await expect.poll(() => first.calls().at(-1)?.fault).toBe('late');
    await first.close();
    await lost;

    const { sim, maplePress } = await simulated(options);
    expect((await getSite(maplePress, id)).domain).toBe('example.com');
    sim.clock.advance(30 * SECOND);
    expect((await errorOf(getSite(maplePress, id))).code).toBe('SITE_NOT_FOUND');
  });

  it('runs by itself at a speed', async () => {
    const { maplePress } = await simulated({ speed: 6000, timings: { tokenLifetime: DAY } });
    const { id } = await createSite(maplePress, SITE);
    await expect.poll(async () => (await getSite(maplePress, id)).status).toBe('active');
  });

  it('forgets everything at a reset', async () => {
    const { sim, maplePress } = await simulated();
    await createSite(maplePress, SITE);
    sim.reset();
    expect(sim.effects()).toEqual([]);
    expect((await listSites(maplePress)).sites).toEqual([]);
  });
});

describe('faults', () => {
  it('of the nth call, so many times, of one site', async () => {
    const { sim, maplePress } = await simulated();
    const one = await createSite(maplePress, SITE);
    const two = await createSite(maplePress, { siteUrl: 'https://two.example.com' });
    sim.addFault({
      call: { endpoint: 'GET /api/v1/sites/{id}', site: one.id },
      fault: { kind: 'server_error' },
      nth: 2,
      times: 2,
    });
    const codes: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      await getSite(maplePress, two.id);
      codes.push(
        await getSite(maplePress, one.id).then(
          () => 'ok',
          () => 'failed',
        ),
      );
    }
    expect(codes).toEqual(['ok', 'failed', 'failed', 'ok']);
  });

  it('a duplicate rotates twice: only the second key works', async () => {
    const { sim, maplePress } = await simulated();
    const { id } = await createSite(maplePress, SITE);
    sim.connectPlugin(id);
    sim.addFault({ call: { endpoint: '/rotate/' }, fault: { kind: 'duplicate' } });
    const { newApiKey } = await rotateApiKey(maplePress, id);
    expect(sim.effects().filter(({ key }) => key === 'key.rotate:example.com')).toHaveLength(2);
    expect(sim.pluginRequest({ apiKey: newApiKey.reveal() }).accepted).toBe(true);
  });

  it('a duplicate registration is one: the second answer is a 409', async () => {
    const { sim, maplePress } = await simulated();
    const call = { endpoint: 'POST /api/v1/sites', body: { site_url: 'https://example.com' } };
    sim.addFault({ call, fault: { kind: 'duplicate' } });
    expect((await errorOf(createSite(maplePress, SITE))).code).toBe('DOMAIN_REGISTERED');
    expect(sim.effects()).toHaveLength(1);
  });

  it('are noted in the log', async () => {
    const { sim, maplePress } = await simulated();
    sim.addFault({ call: { endpoint: 'POST /api/v1/sites' }, fault: { kind: 'lose_answer' } });
    await errorOf(createSite(maplePress, SITE));
    expect(sim.calls().at(-1)).toMatchObject({
      endpoint: 'POST /api/v1/sites',
      tenant: sim.tenants.main.tenantId,
      status: null,
      answered: false,
      committed: true,
      fault: 'lose_answer',
    });
  });
});

describe('the control API over HTTP', () => {
  it('does what is done in process', async () => {
    const { sim, maplePress } = await simulated();
    const get = async (what: string) =>
      (await (await fetch(`${sim.url}/_sim/${what}`)).json()) as Record<string, unknown>;
    const { id, apiKey, verificationToken } = await createSite(maplePress, SITE);

    await post(sim, '/_sim/clock', { advance: MINUTE });
    expect(await get('clock')).toEqual({ now: sim.clock.now().toISOString() });
    const request = {
      apiKey: apiKey.reveal(),
      verificationToken: verificationToken.reveal(),
    };
    expect((await post(sim, '/_sim/plugin', request)).body).toEqual({ accepted: true, site: id });
    await post(sim, '/_sim/site', { site: 'example.com', quiet: true });
    expect(await get('estate')).toMatchObject({ sites: [{ id, quiet: true, status: 'active' }] });
    await post(sim, '/_sim/sites', { count: 2 });
    expect(await get('effects')).toHaveLength(1);
    expect(await get('calls')).toHaveLength(2);

    const rule = { call: { endpoint: 'GET /api/v1/sites' }, fault: { kind: 'server_error' } };
    expect((await post(sim, '/_sim/faults', rule)).body).toHaveProperty('id');
    await errorOf(listSites(maplePress));
    expect((await post(sim, '/_sim/faults', { fault: {} })).status).toBe(400);
    expect((await post(sim, '/_sim/site', { site: 'nobody', quiet: true })).status).toBe(400);
    expect((await post(sim, '/_sim/nothing', {})).status).toBe(404);
    await post(sim, '/_sim/reset', {});
    expect(await get('estate')).toEqual({ sites: [] });
  });
});
