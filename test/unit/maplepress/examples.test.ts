import { describe, expect, it } from 'vitest';
import {
  allSites,
  createSite,
  deleteSite,
  formatStorage,
  getSite,
  listSites,
  rotateApiKey,
  validateDomain,
  validateSiteUrl,
} from '../../../src/maplepress/index.js';
import { errorOf, MINUTE, simulated } from './support/simulated.js';

const SITE = { siteUrl: 'https://example.com' };
const UUID = /^[0-9a-f-]{36}$/;

describe('the examples of the Site API document', () => {
  it('createSite: the domain is extracted by the backend, key and token come once', async () => {
    const { maplePress } = await simulated();
    expect(validateSiteUrl('https://example.com').valid).toBe(true);
    const site = await createSite(maplePress, SITE);
    expect(site).toMatchObject({
      domain: 'example.com',
      siteUrl: 'https://example.com',
      status: 'pending',
      searchIndexName: `site_${site.id}`,
    });
    expect(site.id).toMatch(UUID);
    expect(site.apiKey.reveal()).toMatch(/^live_sk_/);
    expect(site.verificationToken.reveal()).toMatch(/^verify_/);
  });

  it('listSites: a first page, and the next one by pageState', async () => {
    const { sim, maplePress } = await simulated();
    sim.addSites(25);
    const first = await listSites(maplePress, { pageSize: 20 });
    expect(first.sites).toHaveLength(20);
    const second = await listSites(maplePress, { pageSize: 20, pageState: first.pageState });
    expect(second).toMatchObject({ pageState: null });
    expect(second.sites).toHaveLength(5);
    expect(first.sites[0]).toMatchObject({ status: 'pending', isVerified: false });
    expect(first.sites[0]?.createdAt).toBeInstanceOf(Date);
  });

  it('listSites: 20 a page unless told otherwise', async () => {
    const { sim, maplePress } = await simulated();
    sim.addSites(30);
    expect((await listSites(maplePress)).sites).toHaveLength(20);
    expect(sim.calls().at(-1)?.args).toEqual({ page_size: '20' });
  });

  it('getSiteById: usage, with dates as dates and the storage for people', async () => {
    const { sim, maplePress } = await simulated();
    const { id, apiKey, verificationToken } = await createSite(maplePress, SITE);
    sim.clock.advance(MINUTE);
    sim.pluginRequest({
      apiKey: apiKey.reveal(),
      verificationToken: verificationToken.reveal(),
      pages: 150,
      bytes: 52_428_800,
      searches: 1250,
    });
    const site = await getSite(maplePress, id);
    expect(site).toMatchObject({
      id,
      tenantId: sim.tenants.main.tenantId,
      domain: 'example.com',
      siteUrl: 'https://example.com',
      apiKeyPrefix: 'live_sk_',
      apiKeyLastFour: apiKey.lastFour(),
      status: 'active',
      isVerified: true,
      searchIndexName: `site_${id}`,
      totalPagesIndexed: 150,
      pluginVersion: '1.0.0',
      searchRequestsCount: 1250,
      monthlyPagesIndexed: 150,
      lastIndexedAt: sim.clock.now(),
      updatedAt: sim.clock.now(),
    });
    expect(formatStorage(site.storageUsedBytes)).toBe('50 MB');
    expect(site.createdAt.getTime()).toBe(sim.clock.now().getTime() - MINUTE);
    expect(site.lastResetAt).toBeInstanceOf(Date);
  });

  it('getSiteById: what has not happened yet', async () => {
    const { maplePress } = await simulated();
    const { id } = await createSite(maplePress, SITE);
    expect(await getSite(maplePress, id)).toMatchObject({
      status: 'pending',
      isVerified: false,
      pluginVersion: '',
      lastIndexedAt: null,
      storageUsedBytes: 0,
    });
  });

  it('deleteSite: success and message; the site, its key and its domain are gone', async () => {
    const { sim, maplePress } = await simulated();
    const { id, apiKey } = await createSite(maplePress, SITE);
    expect(await deleteSite(maplePress, id)).toEqual({
      success: true,
      message: 'Site deleted successfully',
    });
    expect((await errorOf(getSite(maplePress, id))).code).toBe('SITE_NOT_FOUND');
    expect(sim.pluginRequest({ apiKey: apiKey.reveal() }).accepted).toBe(false);
    await createSite(maplePress, SITE);
  });

  it('rotateApiKey: a new key, the old one refused from the same moment', async () => {
    const { sim, maplePress } = await simulated();
    const { id, apiKey, verificationToken } = await createSite(maplePress, SITE);
    sim.pluginRequest({
      apiKey: apiKey.reveal(),
      verificationToken: verificationToken.reveal(),
    });
    const rotated = await rotateApiKey(maplePress, id);
    expect(rotated.oldKeyLastFour).toBe(apiKey.lastFour());
    expect(rotated.rotatedAt).toEqual(sim.clock.now());
    expect(rotated.newApiKey.reveal()).not.toBe(apiKey.reveal());
    expect(sim.pluginRequest({ apiKey: apiKey.reveal() }).accepted).toBe(false);
    expect(sim.pluginRequest({ apiKey: rotated.newApiKey.reveal() }).accepted).toBe(true);
    expect((await getSite(maplePress, id)).apiKeyLastFour).toBe(rotated.newApiKey.lastFour());
  });

  it('validateDomain', () => {
    expect(validateDomain('example.com')).toEqual({ valid: true, error: null });
    expect(validateDomain('subdomain.example.com')).toEqual({ valid: true, error: null });
    const invalid = { valid: false, error: 'Invalid domain format' };
    expect(validateDomain('invalid..domain')).toEqual(invalid);
    expect(validateDomain('https://example.com')).toEqual(invalid);
    expect(validateDomain('')).toEqual({ valid: false, error: 'Domain is required' });
  });

  it('validateSiteUrl', () => {
    expect(validateSiteUrl('https://example.com')).toEqual({ valid: true, error: null });
    expect(validateSiteUrl('http://example.com')).toEqual({ valid: true, error: null });
    expect(validateSiteUrl('ftp://example.com')).toEqual({
      valid: false,
      error: 'Site URL must use http or https protocol',
    });
    expect(validateSiteUrl('')).toEqual({ valid: false, error: 'Site URL is required' });
    expect(validateSiteUrl('example.com')).toEqual({
      valid: false,
      error: 'Invalid site URL format',
    });
  });

  it('the calls by curl: login, create, list, get, rotate, delete, as they stand on the wire', async () => {
    const { sim, maplePress } = await simulated();
    const { id } = await createSite(maplePress, SITE);
    await listSites(maplePress, { pageSize: 10 });
    await getSite(maplePress, id);
    await rotateApiKey(maplePress, id);
    await deleteSite(maplePress, id);
    const path = `/api/v1/sites/${id}`;
    expect(sim.calls().map(({ endpoint, path, args }) => ({ endpoint, path, args }))).toEqual([
      {
        endpoint: 'POST /api/v1/login',
        path: '/api/v1/login',
        args: { email: 'test@example.com', password: '•••' },
      },
      {
        endpoint: 'POST /api/v1/sites',
        path: '/api/v1/sites',
        args: { site_url: 'https://example.com' },
      },
      { endpoint: 'GET /api/v1/sites', path: '/api/v1/sites', args: { page_size: '10' } },
      { endpoint: 'GET /api/v1/sites/{id}', path, args: {} },
      {
        endpoint: 'POST /api/v1/sites/{id}/rotate-api-key',
        path: `${path}/rotate-api-key`,
        args: {},
      },
      { endpoint: 'DELETE /api/v1/sites/{id}', path, args: {} },
    ]);
  });

  it('sites belong to the tenant of the token', async () => {
    const { maplePress, other } = await simulated();
    const { id } = await createSite(maplePress, SITE);
    expect((await listSites(other)).sites).toEqual([]);
    for await (const site of allSites(maplePress)) expect(site.id).toBe(id);
    expect((await errorOf(getSite(other, id))).code).toBe('SITE_NOT_FOUND');
    expect((await errorOf(deleteSite(other, id))).code).toBe('SITE_NOT_FOUND');
    expect((await errorOf(rotateApiKey(other, id))).code).toBe('SITE_NOT_FOUND');
  });
});
