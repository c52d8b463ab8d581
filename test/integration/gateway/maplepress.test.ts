import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type {
  CallFault,
  EstateSite,
  MaplePressSimulator,
} from '../../../simulators/maplepress/index.js';
import { createTenants, deleteSite, type Tenants } from '../../../src/maplepress/index.js';
import type {
  UsageLine,
  WordPressLine,
  WordPressView,
} from '../../../src/schemas/estate/maplepress.js';
import { addWorkingSite, startQuietMaplePress, tenantsOf } from './maplepress-support.js';
import { type Answer, type GatewayUnderTest, startGatewayUnderTest } from './support.js';

const LIST = 'GET /api/v1/sites';
const GET = 'GET /api/v1/sites/{id}';
const MB = 1024 * 1024;

let maplePress: MaplePressSimulator;
let tenants: Tenants;
let gateway: GatewayUnderTest;
beforeAll(async () => {
  maplePress = await startQuietMaplePress();
  tenants = tenantsOf(maplePress);
  gateway = await startGatewayUnderTest({}, tenants);
});
afterAll(async () => {
  await gateway.close();
  await maplePress.close();
});
afterEach(() => maplePress.reset());

const linesOf = <Line>({ text }: Answer<unknown>): readonly Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const callsTo = (endpoint: string) =>
  maplePress.calls().filter((call) => call.endpoint === endpoint);
/** Every call, or the one of that number. */
const fault = (endpoint: string, kind: CallFault, nth?: number) =>
  maplePress.addFault({
    call: { endpoint },
    fault: kind,
    ...(nth === undefined ? { times: 1_000 } : { nth }),
  });

describe('GET /v1/maplepress/:tenant/sites', () => {
  const sitesIn = (answer: Answer<unknown>) =>
    linesOf<WordPressLine>(answer).flatMap((line) => ('site' in line ? [line.site] : []));

  it('streams every site once, in few calls, and says that it is whole', async () => {
    maplePress.addSites(203);
    const answer = await gateway.get('/v1/maplepress/main/sites');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
    expect(new Set(sitesIn(answer).map(({ id }) => id)).size).toBe(203);
    expect(linesOf(answer).at(-1)).toEqual({ end: { sites: 203 } });
    expect(callsTo(LIST)).toHaveLength(3);
  });

  it('tells of a site what a list needs', async () => {
    const { id } = await addWorkingSite(maplePress, tenants, 'shop.example', ONE_PAGE);
    expect(sitesIn(await gateway.get('/v1/maplepress/main/sites'))).toEqual([
      {
        id,
        domain: 'shop.example',
        status: 'active',
        isVerified: true,
        registeredAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      },
    ]);
  });

  it('reads pages of the size that is asked for, and no more than are wanted', async () => {
    maplePress.addSites(25);
    const answer = await gateway.get('/v1/maplepress/main/sites?pageSize=10&limit=20');
    expect(sitesIn(answer)).toHaveLength(20);
    expect(callsTo(LIST).map(({ args }) => args)).toMatchObject([
      { page_size: '10' },
      { page_size: '10' },
    ]);
  });

  it.each(['0', '101', '2.5'])('refuses pages of %s in the words of MaplePress', async (size) => {
    const { status, value } = await gateway.get(`/v1/maplepress/main/sites?pageSize=${size}`);
    expect({ status, value }).toEqual({
      status: 400,
      value: {
        error: {
          code: 'bad_request',
          message: 'Page size must be between 1 and 100',
          hint: null,
        },
      },
    });
  });

  it('narrows to those that are pending, or active', async () => {
    maplePress.addSites(120);
    await addWorkingSite(maplePress, tenants, 'shop.example', ONE_PAGE);
    const active = await gateway.get('/v1/maplepress/main/sites?status=active&limit=5');
    expect(sitesIn(active).map(({ domain }) => domain)).toEqual(['shop.example']);
    const pending = await gateway.get('/v1/maplepress/main/sites?status=pending');
    expect(sitesIn(pending)).toHaveLength(120);
    expect((await gateway.get('/v1/maplepress/main/sites?status=lost')).status).toBe(400);
  });

  it('is of one tenant', async () => {
    maplePress.addSites(1);
    expect(sitesIn(await gateway.get('/v1/maplepress/other/sites'))).toEqual([]);
  });

  it('tells of a row that cannot be read, and of all others', async () => {
    maplePress.addSites(2);
    const { sites } = maplePress.estate();
    fault(LIST, oddList(sites));
    const lines = linesOf<WordPressLine>(await gateway.get('/v1/maplepress/main/sites'));
    expect(lines.map((line) => Object.keys(line)[0])).toEqual(['site', 'site', 'unread', 'end']);
    expect(lines[2]).toEqual({
      unread: { id: null, domain: 'odd.example', reason: 'its row in the list cannot be read' },
    });
    expect(lines[3]).toEqual({ end: { sites: 2 } });
  });

  it('ends with an error when MaplePress fails in the middle', async () => {
    maplePress.addSites(150);
    fault(LIST, SERVER_ERROR, 2);
    const answer = await gateway.get('/v1/maplepress/main/sites');
    expect(answer.status).toBe(200);
    expect(sitesIn(answer)).toHaveLength(100);
    expect(linesOf(answer).at(-1)).toMatchObject({ error: { code: 'maplepress_unavailable' } });
  });
});

describe('GET /v1/maplepress/:tenant/sites/:site', () => {
  it.each(['shop.example', 'Shop.Example.'])('tells everything, found by %s', async (name) => {
    const work = { pages: 150, bytes: 50 * MB, searches: 1_250 };
    const { id, apiKey } = await addWorkingSite(maplePress, tenants, 'shop.example', work);
    const { value, text } = await gateway.get<WordPressView>(`/v1/maplepress/main/sites/${name}`);
    const time = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    expect(value).toEqual({
      tenant: 'main',
      tenantId: maplePress.tenants.main.tenantId,
      id,
      domain: 'shop.example',
      siteUrl: 'https://shop.example',
      status: 'active',
      isVerified: true,
      apiKey: { prefix: 'live_sk_', lastFour: apiKey.slice(-4) },
      searchIndex: `site_${id}`,
      pluginVersion: expect.any(String) as string,
      usage: { pages: 150, storageBytes: 50 * MB, searches: 1_250, monthlyPages: 150 },
      lastIndexedAt: time,
      lastResetAt: time,
      registeredAt: time,
      updatedAt: time,
      operations: [],
    });
    expect(text).not.toContain(apiKey);
    const byId = await gateway.get(`/v1/maplepress/main/sites/${id}`);
    expect(byId.value).toEqual(value);
  });

  it.each([
    ['550e8400-e29b-41d4-a716-446655440000', 404, "Site not found or doesn't belong to your"],
    ['nobody.example', 404, 'tenant main has no site nobody.example'],
    ['550e8400', 400, 'Invalid site ID format'],
    ['invalid..domain', 400, 'Invalid domain format'],
  ])('says what is wrong with %s', async (name, status, words) => {
    const answer = await gateway.get(`/v1/maplepress/main/sites/${name}`);
    expect(answer.status).toBe(status);
    expect(answer.value).toMatchObject({
      error: { message: expect.stringContaining(words) as string },
    });
  });
});

describe('a site whose row in the list cannot be read', () => {
  it('is shown all the same when the row has its id', async () => {
    const { id } = await addWorkingSite(maplePress, tenants, 'odd.example', ONE_PAGE);
    fault(LIST, oddList([], { id, created_at: null }));
    const { value } = await gateway.get<WordPressView>('/v1/maplepress/main/sites/odd.example');
    expect(value).toMatchObject({ id, domain: 'odd.example' });
  });

  it.each([
    ['odd.example', {}, 502],
    ['any.example', { domain: null }, 502],
    ['any.example', {}, 404],
  ])('%s, with %j: not said to be missing when it may be that', async (name, change, status) => {
    fault(LIST, oddList([], change));
    const answer = await gateway.get(`/v1/maplepress/main/sites/${name}`);
    expect(answer.status).toBe(status);
  });
});

describe('GET /v1/maplepress/:tenant/usage', () => {
  it('tells what every site uses, and the sum', async () => {
    const few = { pages: 1, bytes: MB, searches: 2 };
    const many = { pages: 10, bytes: 2 * MB, searches: 30 };
    await addWorkingSite(maplePress, tenants, 'few.example', few);
    await addWorkingSite(maplePress, tenants, 'many.example', many);
    maplePress.addSites(8);
    const lines = linesOf<UsageLine>(await gateway.get('/v1/maplepress/main/usage'));
    const sites = lines.flatMap((line) => ('site' in line ? [line.site] : []));
    expect(sites).toHaveLength(10);
    expect(sites.find(({ domain }) => domain === 'many.example')).toMatchObject({
      pages: 10,
      storageBytes: 2 * MB,
      searches: 30,
      monthlyPages: 10,
    });
    expect(lines.slice(-2)).toEqual([
      {
        total: {
          sites: 10,
          unread: 0,
          pages: 11,
          storageBytes: 3 * MB,
          searches: 32,
          monthlyPages: 11,
        },
      },
      { end: { sites: 10 } },
    ]);
  });

  it('leaves out what is deleted meanwhile, and names what cannot be read', async () => {
    maplePress.addSites(6);
    const [gone, broken] = maplePress.estate().sites.map(({ id }) => id);
    maplePress.addFault({ call: { endpoint: GET, site: broken ?? '' }, fault: SERVER_ERROR });
    const list = tenants.get('main').maplePress;
    const { text } = await gateway.get('/v1/maplepress/main/sites');
    expect(text).toContain(gone);
    await deleteSite(list, gone ?? '');
    const lines = linesOf<UsageLine>(await gateway.get('/v1/maplepress/main/usage'));
    expect(lines.flatMap((line) => ('unread' in line ? [line.unread.id] : []))).toEqual([broken]);
    expect(lines.at(-2)).toMatchObject({ total: { sites: 4, unread: 1 } });
  });

  it('names a row that cannot be read', async () => {
    maplePress.addSites(2);
    fault(LIST, oddList(maplePress.estate().sites));
    const lines = linesOf<UsageLine>(await gateway.get('/v1/maplepress/main/usage'));
    expect(lines.flatMap((line) => ('unread' in line ? [line.unread] : []))).toEqual([
      { id: null, domain: 'odd.example', reason: 'its row in the list cannot be read' },
    ]);
    expect(lines.at(-2)).toMatchObject({ total: { sites: 2, unread: 1 } });
  });

  it('gives up when it is not a few sites that cannot be read', async () => {
    maplePress.addSites(40);
    fault(GET, SERVER_ERROR);
    const lines = linesOf<UsageLine>(await gateway.get('/v1/maplepress/main/usage'));
    expect(lines.at(-1)).toMatchObject({ error: { code: 'maplepress_unavailable' } });
    expect(callsTo(GET).length).toBeLessThan(20);
  });

  it('gives up when many rows cannot be read, and names one', async () => {
    const sites = Array.from({ length: 11 }, () => ({ domain: 'odd.example' }));
    fault(LIST, { kind: 'wrong_shape', body: { sites } });
    const lines = linesOf<UsageLine>(await gateway.get('/v1/maplepress/main/usage'));
    expect(lines.at(-1)).toMatchObject({
      error: { message: expect.stringContaining('cannot be read: odd.example') as string },
    });
  });
});

describe('a tenant that cannot be read', () => {
  it.each([
    ['away', 502, 'maplepress_unavailable', 'MAPLEPRESS_<TENANT>_URL'],
    ['wrong-login', 502, 'credentials_refused', 'npx sitewright doctor'],
    ['nobody', 404, 'unknown_tenant', 'MAPLEPRESS_<NAME>_URL'],
  ])('%s: what to do', async (tenant, status, code, hint) => {
    for (const path of ['sites', 'sites/shop.example', 'usage']) {
      const answer = await gateway.get(`/v1/maplepress/${tenant}/${path}`);
      expect(answer.status).toBe(status);
      expect(answer.value).toMatchObject({
        error: { code, hint: expect.stringContaining(hint) as string },
      });
    }
  });

  it('names those there are, and says when there is none', async () => {
    expect((await gateway.get('/v1/maplepress')).value).toEqual({
      tenants: ['main', 'other', 'wrong-login', 'away'],
    });
    const without = await startGatewayUnderTest({}, createTenants([]));
    const { value } = await without.get('/v1/maplepress/main/sites');
    await without.close();
    expect(value).toMatchObject({
      error: { message: 'unknown MaplePress tenant "main"; configured: none' },
    });
  });

  it('is told apart: refused again and again, too many requests, another shape', async () => {
    const problemAfter = async (kind: CallFault) => {
      maplePress.reset();
      fault(LIST, kind);
      const { status, value } = await gateway.get<{ error: { code: string } }>(
        '/v1/maplepress/main/sites',
      );
      return [status, value.error.code];
    };
    expect(await problemAfter({ kind: 'unauthorized' })).toEqual([502, 'credentials_refused']);
    expect(await problemAfter({ kind: 'rate_limited' })).toEqual([503, 'rate_limited']);
    expect(await problemAfter({ kind: 'wrong_shape' })).toEqual([502, 'unexpected_answer']);
  });

  it('is never told with a password or a token', () => {
    const { password } = maplePress.tenants.main;
    const log = gateway.log.join('\n');
    expect(log).not.toContain(password);
    expect(log).not.toContain('not-the-password');
    expect(log).not.toMatch(/eyJ[\w-]+\./);
  });
});

const ONE_PAGE = { pages: 1, bytes: 1_024, searches: 1 };
const SERVER_ERROR: CallFault = { kind: 'server_error' };

/** A list of these, and one whose row has no proper id, or what else is changed. */
function oddList(sites: readonly EstateSite[], change: object = {}): CallFault {
  const whole = { status: 'active', is_verified: true, created_at: '2024-10-24T00:00:00Z' };
  const rows = [
    ...sites.map(({ id, domain }) => ({ ...whole, id, domain })),
    { ...whole, id: 'no-uuid', domain: 'odd.example', ...change },
  ];
  return { kind: 'wrong_shape', body: { sites: rows } };
}
