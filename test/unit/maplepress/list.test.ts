import { describe, expect, it } from 'vitest';
import { allSites } from '../../../src/maplepress/index.js';
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
