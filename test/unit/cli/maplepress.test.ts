import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WordPressListed } from '../../../src/cli/estate/client.js';
import { renderWordPressSite } from '../../../src/cli/maplepress/render-site.js';
import { renderUsage } from '../../../src/cli/maplepress/render-usage.js';
import { printWordPressSites } from '../../../src/cli/maplepress/sites.js';
import type { Output } from '../../../src/cli/output.js';
import { changesBetween } from '../../../src/cli/progress.js';
import { renderStatus } from '../../../src/cli/render/status.js';
import type { WordPressView } from '../../../src/schemas/estate/maplepress.js';
import { createSealingKeys } from '../../../src/security/sealed.js';
import { ago, statusWith, view } from './fixture.js';
import { sitewright } from './sitewright.js';

const MB = 1024 * 1024;

describe('sitewright maplepress, before anybody is asked', () => {
  let folder: string;
  let stderr: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-cli-'));
    vi.stubEnv('SITEWRIGHT_DATA_DIR', folder);
    stderr = '';
    vi.spyOn(process.stderr, 'write').mockImplementation(
      (text) => ((stderr += String(text)), true),
    );
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    process.exitCode = undefined;
    await rm(folder, { recursive: true });
  });

  const maplePress = (...args: readonly string[]) => sitewright('maplepress', ...args);

  it.each([
    ['register', '', 'site-url   Site URL is required'],
    ['register', 'example', 'site-url   Invalid site URL format'],
    ['register', 'ftp://example.com', 'site-url   Site URL must use http or https protocol'],
    ['register', 'https://localhost', 'site-url   Could not extract domain from URL'],
    ['rotate-key', 'invalid..domain', 'site   Invalid domain format'],
    ['rotate-key', 'https://example.com', 'site   Invalid domain format'],
    ['delete', 'shop', 'site   Invalid domain format'],
    ['delete', '', 'site   Domain is required'],
  ])('%s "%s": %s', async (verb, subject, words) => {
    expect(await maplePress(verb, subject)).toBe(64);
    expect(stderr).toContain(`nothing was sent\n  ${words}\n`);
  });

  it.each([
    [['register', 'https://example.com', '--patience', 'long'], 'a number of days.'],
    [['register', 'https://example.com', '--patience', '91'], '--patience   Too big'],
    [['rotate-key', 'example.com', '--at', 'soon'], '"window"'],
    [['sites', '--page-size', '101'], 'Page size must be between 1 and 100'],
    [['sites', '--page-size', '0'], 'Page size must be between 1 and 100'],
    [['sites', '--pending', '--active'], 'cannot be used with'],
  ])('%j: %s', async (args, words) => {
    expect(await maplePress(...args)).toBe(64);
    expect(stderr).toContain(words);
  });

  it('takes only a public key as that of the receiver, and tries it', async () => {
    const file = path.join(folder, 'receiver.jwk');
    const given = (text: string) => writeFile(file, text);
    const refused = ['rotate-key', 'example.com', '--receiver-key', file];
    const { privateJwk } = await createSealingKeys();

    expect(await maplePress(...refused)).toBe(64);
    expect(stderr).toMatch(/--receiver-key +\S+receiver\.jwk cannot be read/);
    for (const text of ['no JSON', '[]', '{"kty":"EC"}', '{"kty":"oct","k":"aGVsbG8"}']) {
      await given(text);
      expect(await maplePress(...refused)).toBe(64);
    }
    await given(JSON.stringify(privateJwk));
    expect(await maplePress(...refused)).toBe(64);
    expect(stderr).toContain('it is a private key');
    expect(stderr).not.toContain(String(privateJwk.d));
  });
});

describe('a WordPress site on the screen', () => {
  const site: WordPressView = {
    tenant: 'main',
    tenantId: '850e8400-e29b-41d4-a716-446655440000',
    id: '550e8400-e29b-41d4-a716-446655440000',
    domain: 'example.com',
    siteUrl: 'https://example.com',
    status: 'active',
    isVerified: true,
    apiKey: { prefix: 'live_sk_', lastFour: 'f123' },
    searchIndex: 'site_550e8400',
    pluginVersion: '1.0.0',
    usage: { pages: 1_500, storageBytes: 50 * MB, searches: 1_250, monthlyPages: 45 },
    lastIndexedAt: '2024-10-24T12:00:00.000Z',
    lastResetAt: '2024-10-01T00:00:00.000Z',
    registeredAt: '2024-10-01T00:00:00.000Z',
    updatedAt: '2024-10-24T12:00:00.000Z',
    operations: [
      {
        operationId: '0f3a5c7e9b1d2f40',
        kind: 'maplepress-register',
        state: 'succeeded',
        requestedBy: 'ops',
        openedAt: ago(3 * 3_600),
        closedAt: ago(3_600),
      },
    ],
  };

  it('tells everything in words', () => {
    expect(renderWordPressSite(site, view, view.now).join('\n')).toBe(
      `example.com   active
  address       https://example.com
  verified      yes
  plugin        version 1.0.0
  API key       live_sk_…f123
  pages         1,500 indexed, 45 of them since 2024-10-01 00:00 UTC
  last indexed  2024-10-24 12:00 UTC
  storage       50 MB
  searches      1,250
  search index  site_550e8400
  registered    2024-10-01 00:00 UTC
  changed       2024-10-24 12:00 UTC
  id            550e8400-e29b-41d4-a716-446655440000
  tenant        main (850e8400-e29b-41d4-a716-446655440000)
  operations    maplepress-register  succeeded  3 h ago  ops  0f3a5c7e9b1d2f40
  more          npx sitewright ledger example.com
                npx sitewright maplepress rotate-key example.com --dry-run`,
    );
  });

  it('says what a pending one waits for', () => {
    const none = { pages: 0, storageBytes: 0, searches: 0, monthlyPages: 0 };
    const pending = { status: 'pending', isVerified: false, pluginVersion: '', usage: none };
    const never = { lastIndexedAt: null, lastResetAt: null, operations: [] };
    const text = renderWordPressSite({ ...site, ...pending, ...never }, view).join('\n');
    expect(text).toContain('verified      no: its plugin has not shown itself');
    expect(text).toContain('plugin        not connected');
    expect(text).toContain('last indexed  never');
    expect(text).toContain('storage       0 Bytes');
    expect(text).not.toContain('operations');
  });
});

describe('a list of WordPress sites', () => {
  const site = {
    id: '550e8400-e29b-41d4-a716-446655440000',
    domain: 'example.com',
    status: 'active',
    isVerified: true,
    registeredAt: '2024-10-24T12:00:00.000Z',
  };
  const unread = (domain: string | null, id: string | null = null) => ({
    unread: { id, domain, reason: 'its row in the list cannot be read' },
  });

  /** What is printed of these. */
  async function printed(listed: readonly WordPressListed[], json = false) {
    let stdout = '';
    let stderr = '';
    const write = (text: string) => (stdout += text);
    const out: Output = {
      json,
      live: false,
      columns: 80,
      view: () => view,
      lines: (lines) => void (json || write(lines.map((line) => `${line}\n`).join(''))),
      document: () => undefined,
      raw: write,
      pour: (text) => Promise.resolve(void write(text)),
      aside: (lines) => void (stderr += lines.join('\n')),
    };
    const wordPressSites = async function* () {
      yield* await Promise.resolve(listed);
    };
    const code = await printWordPressSites(out, { wordPressSites }, 'main', {});
    return { code, stdout, stderr };
  }

  it('says how many rows could not be read, and of what', async () => {
    const { code, stdout, stderr } = await printed([unread('odd.example'), { site }]);
    expect(code).toBe(0);
    expect(stdout).toContain('  1 site; one of them: ');
    expect(stderr).toBe('1 row could not be read: odd.example');
    const many = ['a.example', null, 'b.example', 'c.example'].map((domain) => unread(domain));
    expect(await printed([...many, { site }], true)).toEqual({
      code: 0,
      stdout: `${JSON.stringify(site)}\n`,
      stderr: '4 rows could not be read: a.example, one without domain and id, b.example …',
    });
  });

  it('does not call a tenant empty whose rows could not be read', async () => {
    const { stdout, stderr } = await printed([unread(null, site.id)]);
    expect({ stdout, stderr }).toEqual({
      stdout: '',
      stderr: `1 row could not be read: ${site.id}`,
    });
    expect((await printed([])).stdout).toContain('No sites.');
  });
});

describe('a registration that waits for the plugin', () => {
  const HANDLE = '5b2f6c1de08a4b7f93c64e0d1a8b7c25';
  const before = statusWith({ state: 'running', steps: [] });
  const after = { ...before, details: { 'secret.api_key': HANDLE, registration: 'x' } };
  const claim = `  waits for you API key, once: npx sitewright claim ${HANDLE}`;

  it('says where its key is as soon as there is one, once', () => {
    expect(changesBetween(before, after, view)).toEqual([claim]);
    expect(changesBetween(after, { ...after }, view)).toEqual([]);
    const seen = { status: after, result: null, lost: null };
    expect(renderStatus(seen, view, null)).toContain(claim);
  });
});

describe('the usage of a tenant', () => {
  const usage = (domain: string, storageBytes: number) => ({
    id: domain,
    domain,
    pages: 10,
    storageBytes,
    searches: 1_250,
    monthlyPages: 5,
  });

  it('is a table, those with the most storage first, and the sum', () => {
    const total = { pages: 20, searches: 2_500, monthlyPages: 10, sites: 2, unread: 2 };
    const lines = renderUsage(
      {
        sites: [usage('small.example', 2_048), usage('large.example', 1.5 * 1024 * MB)],
        unread: [
          { id: 'x', domain: 'broken.example', reason: 'MaplePress failed (HTTP 500)' },
          { id: null, domain: null, reason: 'its row in the list cannot be read' },
        ],
        total: { ...total, storageBytes: 1.5 * 1024 * MB + 2_048 },
      },
      view,
    );
    expect(lines.join('\n')).toBe(
      `domain         storage  pages  this month  searches
large.example  1.5 GB   10     5           1,250
small.example  2 KB     10     5           1,250
all 2          1.5 GB   20     10          2,500
  not read, and not in the sum: broken.example: MaplePress failed (HTTP 500)
  not read, and not in the sum: one without domain and id: its row in the list cannot be read`,
    );
  });
});
