import { describe, expect, it } from 'vitest';
import {
  createSite,
  domainOf,
  formatStorage,
  isSameDomain,
  normalizeDomain,
} from '../../../src/maplepress/index.js';
import { errorOf, simulated } from './support/simulated.js';

describe('the one spelling of a domain', () => {
  it.each([
    ['example.com', 'example.com'],
    ['EXAMPLE.Com', 'example.com'],
    ['example.com.', 'example.com'],
    ['example.com:8443', 'example.com'],
    [' example.com ', 'example.com'],
    ['www.example.com', 'www.example.com'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['MÜNCHEN.example', 'xn--mnchen-3ya.example'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['a-b.c1.example', 'a-b.c1.example'],
  ])('of %j is %j', (given, normal) => {
    expect(normalizeDomain(given)).toBe(normal);
  });

  it.each([
    '',
    'localhost',
    'invalid..domain',
    '.example.com',
    'example.com..',
    '-a.example.com',
    'a-.example.com',
    'under_score.example.com',
    '192.0.2.1',
    '[2001:db8::1]',
    '0x7f.1',
    'https://example.com',
    'example.com/path',
    'user@example.com',
    'two words.example.com',
    'example.com:port',
    `${'a'.repeat(64)}.example.com`,
    `${'a.'.repeat(130)}com`,
  ])('%j has none', (given) => {
    expect(normalizeDomain(given)).toBeNull();
  });

  it.each([
    ['https://example.com', 'example.com'],
    ['http://EXAMPLE.com:8080/blog/?p=1#top', 'example.com'],
    ['https://example.com./', 'example.com'],
    ['https://münchen.example', 'xn--mnchen-3ya.example'],
    ['https://192.0.2.1', null],
    ['https://localhost:3000', null],
    ['no url', null],
  ])('of the URL %j is %j', (url, domain) => {
    expect(domainOf(url)).toBe(domain);
  });

  it('decides what is registered already; what is no domain is the same as nothing', () => {
    expect(isSameDomain('Example.com.', 'example.com:443')).toBe(true);
    expect(isSameDomain('www.example.com', 'example.com')).toBe(false);
    expect(isSameDomain('localhost', 'localhost')).toBe(false);
  });

  it.each([
    'https://example.com',
    'HTTPS://EXAMPLE.COM/',
    'http://example.com:8080',
    'https://example.com./shop',
  ])('is the one the server goes by: %j is registered already', async (siteUrl) => {
    const { maplePress } = await simulated();
    const { domain } = await createSite(maplePress, { siteUrl: 'https://example.com' });
    expect(domainOf(siteUrl)).toBe(domain);
    const error = await errorOf(createSite(maplePress, { siteUrl }));
    expect(error.code).toBe('DOMAIN_REGISTERED');
  });
});

describe('storage for people', () => {
  const KB = 1024;
  const MB = KB * KB;
  const GB = MB * KB;
  const TB = GB * KB;
  it.each([
    [0, '0 Bytes'],
    [2048, '2 KB'],
    [52_428_800, '50 MB'],
    [1.5 * GB, '1.5 GB'],
    [2.5 * TB, '2.5 TB'],
    [1, '1 Bytes'],
    [1023, '1023 Bytes'],
    [KB, '1 KB'],
    [1536, '1.5 KB'],
    [MB - 1, '1 MB'],
    [1.256 * MB, '1.26 MB'],
    [5000 * TB, '5000 TB'],
    [-1, '0 Bytes'],
    [Number.NaN, '0 Bytes'],
  ])('%d is %s', (bytes, text) => {
    expect(formatStorage(bytes)).toBe(text);
  });
});
