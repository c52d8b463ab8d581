import { describe, expect, it } from 'vitest';
import {
  allSites,
  listSites,
  sitePages,
  sitesOfDomain,
  type UnreadableSite,
} from '../../../src/maplepress/index.js';
import { scriptedServer } from '../frappe-cloud/support/scripted-server.js';
import { errorOf, simulated, tenantAt } from './support/simulated.js';

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

interface Page {
  readonly sites?: number;
  readonly next?: string | null;
}

/** Serves pages by their page_state; the first one is `''`. */
async function pagesAt(pages: Readonly<Record<string, Page>>) {
  const asked: string[] = [];
  const server = await scriptedServer((response, { path }) => {
    response.setHeader('content-type', 'application/json');
    if (path === '/api/v1/login') {
      response.end(JSON.stringify({ access_token: 'token' }));
      return;
    }
    const state = new URL(path, 'http://any.invalid').searchParams.get('page_state') ?? '';
    asked.push(state);
    const { sites = 1, next } = pages[state] ?? {};
    const rows = Array.from({ length: sites }, () => ({
      id: '550e8400-e29b-41d4-a716-446655440000',
      domain: `${state || 'first'}.example.com`,
      status: 'active',
      is_verified: true,
      created_at: '2024-10-24T00:00:00Z',
    }));
    response.end(JSON.stringify({ sites: rows, ...(next !== undefined && { page_state: next }) }));
  });
  return { asked, maplePress: tenantAt(server.url) };
}

describe('all sites', () => {
  it.each([
    [100, 11],
    [33, 31],
    [1000, null],
  ] as const)('are 1,000, each once, at %d a page', async (pageSize, pages) => {
    const { sim, maplePress } = await simulated();
    sim.addSites(1000);
    const listed = collect(allSites(maplePress, { pageSize }));
    if (pages === null) {
      expect((await errorOf(listed)).code).toBe('INVALID_PAGE_SIZE');
      return;
    }
    expect(new Set((await listed).map(({ id }) => id)).size).toBe(1000);
    expect(sim.calls().filter(({ endpoint }) => endpoint.startsWith('GET'))).toHaveLength(pages);
  });

  it('are asked for when they are needed: one page is held', async () => {
    const { sim, maplePress } = await simulated();
    sim.addSites(1000);
    let seen = 0;
    for await (const site of allSites(maplePress)) {
      expect(site.domain).toMatch(/\.example\.org$/);
      seen += 1;
      if (seen === 150) break;
    }
    expect(sim.calls().filter(({ endpoint }) => endpoint.startsWith('GET'))).toHaveLength(2);
  });

  it('are found behind an empty page', async () => {
    const { maplePress } = await pagesAt({
      '': { sites: 0, next: 'b' },
      b: { sites: 0, next: 'c' },
      c: { next: null },
    });
    expect((await collect(allSites(maplePress))).map(({ domain }) => domain)).toEqual([
      'c.example.com',
    ]);
  });

  it.each([null, '', undefined])('end at a page_state of %j', async (next) => {
    const { asked, maplePress } = await pagesAt({ '': next === undefined ? {} : { next } });
    expect(await collect(allSites(maplePress))).toHaveLength(1);
    expect(asked).toEqual(['']);
  });

  it.each([
    ['leads to itself', { '': { next: 'a' }, a: { next: 'a' } }],
    [
      'comes back late',
      { '': { next: 'a' }, a: { next: 'b' }, b: { next: 'c' }, c: { next: 'a' } },
    ],
  ])('are given up when a page %s', async (_, pages) => {
    const { asked, maplePress } = await pagesAt(pages);
    const error = await errorOf(collect(allSites(maplePress)));
    expect(error).toMatchObject({
      code: 'BAD_ANSWER',
      message: 'the pages of the list lead round in a circle',
    });
    expect(asked.length).toBeLessThan(12);
  });
});

describe('a row that has not the shape we know', () => {
  const ID = '550e8400-e29b-41d4-a716-446655440000';
  const OTHER = '650e8400-e29b-41d4-a716-446655440000';
  const row = (change: object = {}) => ({
    id: ID,
    domain: 'example.com',
    status: 'active',
    is_verified: true,
    created_at: '2024-10-24T00:00:00Z',
    ...change,
  });
  /** A list of one page: a good row, and this one. */
  const listWith = async (odd: unknown) => {
    const { sim, maplePress } = await simulated();
    const body = { sites: [row(), odd] as never };
    sim.addFault({
      call: { endpoint: 'GET /api/v1/sites' },
      fault: { kind: 'wrong_shape', body },
      times: 2,
    });
    return maplePress;
  };

  it.each([
    ['an id that is no UUID', row({ id: '550e8400' }), { id: null, domain: 'example.com' }],
    ['no id', row({ id: undefined }), { id: null, domain: 'example.com' }],
    ['no time', row({ created_at: undefined }), { id: ID, domain: 'example.com' }],
    ['is_verified null', row({ is_verified: null }), { id: ID, domain: 'example.com' }],
    [
      'a domain of capitals',
      row({ id: 7, domain: 'A.Example.' }),
      { id: null, domain: 'a.example' },
    ],
    ['a domain that is none', row({ domain: null }), { id: ID, domain: null }],
    ['a key for a domain', row({ id: 7, domain: 'live_sk_1234' }), { id: null, domain: null }],
    ['nothing', null, { id: null, domain: null }],
    ['a list', [ID], { id: null, domain: null }],
  ])('is left out, and told of: %s', async (_, odd, told) => {
    const maplePress = await listWith(odd);
    const { sites, unreadable } = await listSites(maplePress);
    expect(sites.map(({ id }) => id)).toEqual([ID]);
    expect(unreadable).toEqual([told]);

    const heard: UnreadableSite[] = [];
    const onUnreadable = (site: UnreadableSite) => heard.push(site);
    expect(await collect(allSites(maplePress, { onUnreadable }))).toHaveLength(1);
    expect(heard).toEqual([told]);
  });

  it.each([
    [row({ created_at: 7 }), 'a row of the list cannot be read: example.com'],
    [row({ domain: 7 }), `a row of the list cannot be read: ${ID}`],
    [null, 'a row of the list cannot be read: without domain and id'],
  ])('is never left out in silence', async (odd, message) => {
    const error = await errorOf(collect(allSites(await listWith(odd))));
    expect(error).toMatchObject({ code: 'BAD_ANSWER', message });
  });

  it('is no proof that a domain is not there', async () => {
    const located = async (odd: unknown, domain: string) =>
      sitesOfDomain(await listWith(odd), { domain });
    const odd = row({ id: OTHER, domain: 'odd.example', created_at: null });
    expect(await located(odd, 'shop.example')).toEqual([]);
    expect(await located(odd, 'example.com')).toHaveLength(1);
    for (const may of [odd, row({ domain: 7 }), null]) {
      expect(await errorOf(located(may, 'odd.example'))).toMatchObject({
        code: 'BAD_ANSWER',
        message: 'a row of the list cannot be read, and may be odd.example',
      });
    }
  });
});

describe('pages', () => {
  it('go on where an earlier reading has ended', async () => {
    const { sim, maplePress } = await simulated();
    sim.addSites(25);
    const { value: first } = await sitePages(maplePress, { pageSize: 10 }).next();
    const from = first?.pageState ?? null;
    const rest = await collect(sitePages(maplePress, { pageSize: 10, from }));
    expect(rest.map(({ sites }) => sites.length)).toEqual([10, 5]);
  });
});
