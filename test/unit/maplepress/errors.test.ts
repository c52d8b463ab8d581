import { describe, expect, it } from 'vitest';
import {
  createSite,
  deleteSite,
  getSite,
  listSites,
  mayHaveLanded,
  rotateApiKey,
  type Transport,
} from '../../../src/maplepress/index.js';
import { errorOf, NOBODY, simulated, tenantAt } from './support/simulated.js';

const SITE = { siteUrl: 'https://example.com' };

type Call = (maplePress: Transport) => Promise<unknown>;

const BY_ID: readonly (readonly [
  string,
  (maplePress: Transport, id: string) => Promise<unknown>,
])[] = [
  ['getSite', getSite],
  ['deleteSite', deleteSite],
  ['rotateApiKey', rotateApiKey],
];

const ALL: readonly (readonly [string, Call])[] = [
  ['createSite', (maplePress) => createSite(maplePress, SITE)],
  ['listSites', (maplePress) => listSites(maplePress)],
  ...BY_ID.map(([name, call]) => [name, (to: Transport) => call(to, NOBODY)] as const),
];

/** What a caller without types may pass. */
const anything = (value: unknown) => value as never;

describe('refused before a call is made (the "Throws" of each method)', () => {
  it.each([
    ['Site data is required', 'SITE_DATA_REQUIRED', undefined],
    ['Site data is required', 'SITE_DATA_REQUIRED', null],
    ['Site URL is required', 'SITE_URL_REQUIRED', {}],
    ['Site URL is required', 'SITE_URL_REQUIRED', { siteUrl: '  ' }],
    ['Invalid site URL format', 'INVALID_SITE_URL', { siteUrl: 'example.com' }],
    ['Invalid site URL format', 'INVALID_SITE_URL', { siteUrl: 'https://exa mple.com' }],
    ['Invalid site URL format', 'INVALID_SITE_URL', { siteUrl: 'https:example.com' }],
    ['Invalid site URL format', 'INVALID_SITE_URL', { siteUrl: 'https://u:pw@example.com' }],
    [
      'Site URL must use http or https protocol',
      'UNSUPPORTED_PROTOCOL',
      { siteUrl: 'ftp://example.com' },
    ],
    [
      'Could not extract domain from URL',
      'DOMAIN_NOT_EXTRACTABLE',
      { siteUrl: 'https://10.0.0.1' },
    ],
    [
      'Could not extract domain from URL',
      'DOMAIN_NOT_EXTRACTABLE',
      { siteUrl: 'http://localhost' },
    ],
    [
      'Could not extract domain from URL',
      'DOMAIN_NOT_EXTRACTABLE',
      { siteUrl: 'https://invalid..domain' },
    ],
  ])('createSite: "%s" (%s) for %j', async (message, code, data) => {
    const maplePress = tenantAt('http://127.0.0.1:1');
    const error = await errorOf(createSite(maplePress, anything(data)));
    expect(error).toMatchObject({ message, code, sent: 'no', ended: false, status: null });
    expect(error.endpoint).toBe('POST /api/v1/sites');
  });

  it.each([0, 101, -1, 2.5, Number.NaN])(
    'listSites: "Page size must be between 1 and 100" for %d',
    async (pageSize) => {
      const error = await errorOf(listSites(tenantAt('http://127.0.0.1:1'), { pageSize }));
      expect(error).toMatchObject({
        message: 'Page size must be between 1 and 100',
        code: 'INVALID_PAGE_SIZE',
        sent: 'no',
      });
    },
  );

  it('listSites: 1 and 100 are page sizes', async () => {
    const { maplePress } = await simulated();
    await listSites(maplePress, { pageSize: 1 });
    await listSites(maplePress, { pageSize: 100 });
  });

  it.each(BY_ID)('%s: "Site ID is required", "Invalid site ID format"', async (_, call) => {
    const maplePress = tenantAt('http://127.0.0.1:1');
    expect(await errorOf(call(maplePress, anything(undefined)))).toMatchObject({
      message: 'Site ID is required',
      code: 'SITE_ID_REQUIRED',
      sent: 'no',
    });
    for (const id of ['550e8400-...', '../login', `${NOBODY}/rotate-api-key`]) {
      expect(await errorOf(call(maplePress, id))).toMatchObject({
        message: 'Invalid site ID format',
        code: 'INVALID_SITE_ID',
        sent: 'no',
      });
    }
  });
});

describe('said by MaplePress (the table "Error Types")', () => {
  it.each(ALL)('401: %s', async (_, call) => {
    const { sim, maplePress } = await simulated();
    sim.addFault({
      call: { endpoint: '/sites/' },
      fault: { kind: 'unauthorized' },
      times: 'always',
    });
    const error = await errorOf(call(maplePress));
    expect(error).toMatchObject({
      message: 'Authentication required. Please log in to continue.',
      code: 'AUTHENTICATION_REQUIRED',
      status: 401,
      sent: 'yes',
      ended: true,
    });
    expect(mayHaveLanded(error)).toBe(false);
  });

  it('400: the specific validation error', async () => {
    const { maplePress } = await simulated();
    const error = await errorOf(listSites(maplePress, { pageState: 'bm9uc2Vuc2U' }));
    expect(error).toMatchObject({
      message: 'invalid page_state',
      code: 'INVALID_DATA',
      status: 400,
      sent: 'yes',
    });
    expect(mayHaveLanded(error)).toBe(false);
  });

  it('409: this tenant has it, or another one', async () => {
    const { maplePress, other } = await simulated();
    await createSite(maplePress, SITE);
    for (const tenant of [maplePress, other]) {
      const error = await errorOf(createSite(tenant, { siteUrl: 'http://EXAMPLE.com:8080/blog' }));
      expect(error).toMatchObject({
        message: 'This domain is already registered. Each domain can only be registered once.',
        code: 'DOMAIN_REGISTERED',
        status: 409,
        serverMessage: 'domain already exists',
        sent: 'yes',
        ended: true,
      });
      expect(mayHaveLanded(error)).toBe(false);
    }
  });

  it.each(BY_ID)('404: %s', async (_, call) => {
    const { maplePress } = await simulated();
    const error = await errorOf(call(maplePress, NOBODY));
    expect(error).toMatchObject({
      message: "Site not found or doesn't belong to your organization.",
      code: 'SITE_NOT_FOUND',
      status: 404,
      sent: 'yes',
      ended: true,
    });
    expect(mayHaveLanded(error)).toBe(false);
  });

  it.each(ALL)('500: %s; a command may have taken effect', async (_, call) => {
    const { sim, maplePress } = await simulated();
    sim.addFault({ call: { endpoint: '/sites/' }, fault: { kind: 'server_error' } });
    const error = await errorOf(call(maplePress));
    expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 500, sent: 'yes', ended: true });
    expect(mayHaveLanded(error)).toBe(true);
  });

  it('429 with the time to wait, 503', async () => {
    const { sim, maplePress } = await simulated();
    const call = { endpoint: 'GET /api/v1/sites' };
    sim.addFault({ call, fault: { kind: 'rate_limited', retryAfter: 7 } });
    expect(await errorOf(listSites(maplePress))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 7000,
    });
    sim.addFault({ call, fault: { kind: 'server_error', status: 503 } });
    expect(await errorOf(listSites(maplePress))).toMatchObject({ code: 'UNAVAILABLE' });
  });
});
