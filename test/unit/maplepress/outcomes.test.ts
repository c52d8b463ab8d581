import { describe, expect, it } from 'vitest';
import type { CallFault } from '../../../simulators/maplepress/index.js';
import {
  createSite,
  deleteSite,
  getSite,
  listSites,
  mayHaveLanded,
  rotateApiKey,
  sitesOfDomain,
} from '../../../src/maplepress/index.js';
import { always, scriptedServer } from '../frappe-cloud/support/scripted-server.js';
import { errorOf, NOBODY, SECOND, simulated, tenantAt } from './support/simulated.js';

const CREATE = 'POST /api/v1/sites';
const SITE = { siteUrl: 'https://example.com' };

describe('what is known about a registration that got no good answer', () => {
  it.each<[string, CallFault, object, number]>([
    ['a lost request', { kind: 'lose_request' }, { code: 'CONNECTION_LOST', sent: 'maybe' }, 0],
    ['a lost answer', { kind: 'lose_answer' }, { code: 'CONNECTION_LOST', sent: 'maybe' }, 1],
    [
      'a gateway page, landed',
      { kind: 'gateway_error', status: 504 },
      { code: 'GATEWAY', sent: 'maybe', ended: false },
      1,
    ],
    [
      'a gateway page, not landed',
      { kind: 'gateway_error', status: 502, effect: false },
      { code: 'GATEWAY', sent: 'maybe', ended: false },
      0,
    ],
    [
      'an HTML page with status 200',
      { kind: 'html_page', effect: true },
      { code: 'BAD_ANSWER', sent: 'maybe', ended: false },
      1,
    ],
    [
      "a proxy's 409 page, which is not MaplePress speaking",
      { kind: 'html_page', status: 409 },
      { code: 'BAD_ANSWER', sent: 'maybe' },
      0,
    ],
    [
      'a 500 after the commit',
      { kind: 'server_error', effect: true },
      { code: 'SERVER_ERROR', sent: 'yes', ended: true },
      1,
    ],
    [
      'an answer without its key',
      { kind: 'wrong_shape', body: { id: NOBODY, domain: 'example.com' } },
      { code: 'BAD_ANSWER', sent: 'yes', ended: true },
      1,
    ],
    [
      'a list where an object was due',
      { kind: 'wrong_shape' },
      { code: 'BAD_ANSWER', sent: 'maybe' },
      1,
    ],
  ])('%s', async (_, fault, expected, registrations) => {
    const { sim, maplePress } = await simulated();
    sim.addFault({ call: { endpoint: CREATE }, fault });
    const error = await errorOf(createSite(maplePress, SITE));
    expect(error).toMatchObject({ endpoint: CREATE, ...expected });
    expect(error.lastByteAt).not.toBeNull();
    expect(mayHaveLanded(error)).toBe(true);

    const located = await sitesOfDomain(maplePress, { domain: 'example.com' });
    expect(located).toHaveLength(registrations);
    expect(sim.effects()).toHaveLength(registrations);
  });

  it('our time limit: unknown; the request may be executed after we have looked', async () => {
    const { sim, maplePress } = await simulated();
    await listSites(maplePress);
    sim.addFault({ call: { endpoint: CREATE }, fault: { kind: 'late', seconds: 20 } });
    const error = await errorOf(createSite(maplePress, SITE, { timeoutMs: 50 }));
    expect(error).toMatchObject({ code: 'TIMEOUT', sent: 'maybe', ended: false });
    expect(await sitesOfDomain(maplePress, { domain: 'example.com' })).toEqual([]);
    sim.clock.advance(20 * SECOND);
    expect(await sitesOfDomain(maplePress, { domain: 'example.com' })).toHaveLength(1);
  });

  it('nobody listens: not sent', async () => {
    const error = await errorOf(createSite(tenantAt('http://127.0.0.1:1'), SITE));
    expect(error).toMatchObject({ code: 'UNREACHABLE', sent: 'no', lastByteAt: null });
    expect(mayHaveLanded(error)).toBe(false);
  });

  it('given up before and after it left', async () => {
    const { sim, maplePress } = await simulated();
    await listSites(maplePress);
    const before = createSite(maplePress, SITE, { signal: AbortSignal.abort() });
    expect(await errorOf(before)).toMatchObject({ code: 'ABORTED', sent: 'no' });

    sim.addFault({ call: { endpoint: CREATE }, fault: { kind: 'hang' } });
    const giveUp = new AbortController();
    const after = errorOf(createSite(maplePress, SITE, { signal: giveUp.signal }));
    await expect.poll(() => sim.effects()).toHaveLength(1);
    giveUp.abort();
    expect(await after).toMatchObject({ code: 'ABORTED', sent: 'maybe' });
  });

  it('our own request bucket is empty: not sent', async () => {
    const { maplePress } = await simulated(
      {},
      { requestsPerSecond: 0.01, timeouts: { bucketMs: 20 } },
    );
    const error = await errorOf(createSite(maplePress, SITE));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', sent: 'no', retryAfterMs: 100_000 });
  });
});

describe('locating', () => {
  it('finds a registration by any spelling of its domain, and leaves out older ones', async () => {
    const { sim, maplePress } = await simulated();
    sim.addSites(150);
    sim.clock.advance(60 * SECOND);
    const sentAt = sim.clock.now();
    const { id } = await createSite(maplePress, { siteUrl: 'https://münchen.example' });
    const [found] = await sitesOfDomain(maplePress, {
      domain: 'München.example.',
      createdFrom: sentAt,
    });
    expect(found?.id).toBe(id);
    const createdFrom = new Date(sentAt.getTime() + 1);
    const later = await sitesOfDomain(maplePress, { domain: 'münchen.example', createdFrom });
    expect(later).toEqual([]);
  });

  it('a lost rotation shows by the last four characters of the key', async () => {
    const { sim, maplePress } = await simulated();
    const { id, apiKey } = await createSite(maplePress, SITE);
    const rotate = { endpoint: 'POST /api/v1/sites/{id}/rotate-api-key', site: id };
    sim.addFault({ call: rotate, fault: { kind: 'lose_request' } });
    expect(mayHaveLanded(await errorOf(rotateApiKey(maplePress, id)))).toBe(true);
    expect((await getSite(maplePress, id)).apiKeyLastFour).toBe(apiKey.lastFour());

    sim.addFault({ call: rotate, fault: { kind: 'lose_answer' } });
    expect(mayHaveLanded(await errorOf(rotateApiKey(maplePress, id)))).toBe(true);
    expect((await getSite(maplePress, id)).apiKeyLastFour).not.toBe(apiKey.lastFour());
  });

  it('a lost deletion shows by "no such site"', async () => {
    const { sim, maplePress } = await simulated();
    const { id } = await createSite(maplePress, SITE);
    sim.addFault({
      call: { endpoint: 'DELETE /api/v1/sites/{id}' },
      fault: { kind: 'lose_answer' },
    });
    expect(mayHaveLanded(await errorOf(deleteSite(maplePress, id)))).toBe(true);
    expect((await errorOf(deleteSite(maplePress, id))).code).toBe('SITE_NOT_FOUND');
  });
});

describe('answers that MaplePress does not give', () => {
  const token = { access_token: 'token' };
  const serverThat = (body: unknown, status = 200, headers = {}) =>
    scriptedServer((response, request) => {
      const isLogin = request.path === '/api/v1/login';
      const script = isLogin ? always(200, token) : always(status, body, headers);
      script(response, request);
    });

  it('a router\'s 404 is not "no such site"', async () => {
    const server = await serverThat('404 page not found', 404);
    const error = await errorOf(getSite(tenantAt(server.url), NOBODY));
    expect(error).toMatchObject({ code: 'BAD_ANSWER', status: 404, sent: 'maybe' });
  });

  it('redirects are not followed: the token stays here', async () => {
    const elsewhere = await scriptedServer(always(200, {}));
    const server = await serverThat('', 302, { location: elsewhere.url });
    expect(await errorOf(listSites(tenantAt(server.url)))).toMatchObject({ code: 'BAD_ANSWER' });
    expect(elsewhere.seen).toEqual([]);
  });

  it('a body beyond the limit is given up', async () => {
    const server = await serverThat({ sites: 'x'.repeat(5000) });
    const maplePress = tenantAt(server.url, { maxAnswerBytes: 1000 });
    expect(await errorOf(listSites(maplePress))).toMatchObject({
      message: 'the answer is too large',
      code: 'BAD_ANSWER',
    });
  });

  it('an odd detail does not cost the key', async () => {
    const server = await serverThat({
      id: NOBODY,
      domain: 'example.com',
      api_key: 'live_sk_abcd1234',
      verification_token: 'verify_abcd1234',
      status: 7,
      new_api_key: 'live_sk_wxyz9876',
      rotated_at: 'just now',
    });
    const maplePress = tenantAt(server.url);
    const site = await createSite(maplePress, SITE);
    expect(site).toMatchObject({ siteUrl: 'https://example.com', status: 'pending' });
    expect(site.apiKey.reveal()).toBe('live_sk_abcd1234');
    const rotated = await rotateApiKey(maplePress, NOBODY);
    expect(rotated.newApiKey.reveal()).toBe('live_sk_wxyz9876');
    expect(rotated.oldKeyLastFour).toBeNull();
  });

  it('a deletion without content is one; one that says no is not', async () => {
    const gone = await serverThat('', 204);
    expect(await deleteSite(tenantAt(gone.url), NOBODY)).toEqual({
      success: true,
      message: 'Site deleted successfully',
    });
    const refused = await serverThat({ success: false });
    const error = await errorOf(deleteSite(tenantAt(refused.url), NOBODY));
    expect(error).toMatchObject({ code: 'BAD_ANSWER', sent: 'yes' });
  });

  it('field errors of a 400 are told', async () => {
    const body = { error: 'Bad Request', details: { site_url: 'is too long' } };
    const server = await serverThat(body, 400);
    expect(await errorOf(createSite(tenantAt(server.url), SITE))).toMatchObject({
      code: 'INVALID_DATA',
      message: 'Bad Request: is too long',
    });
  });
});
