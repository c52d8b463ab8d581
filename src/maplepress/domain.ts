import { domainToASCII } from 'node:url';

const LONGEST_DOMAIN = 253;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Letters or punycode: what ends in digits is an IP address. */
const TOP_LABEL = /^([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * The one spelling of a domain that MaplePress can be compared by: IDNA to ASCII, small letters,
 * without a trailing dot and without a port. `www.` stays: it is a domain of its own.
 *
 * @param host a domain, perhaps with a port
 * @returns null when it is none: an IP address, a single label, an empty label, a URL
 */
export function normalizeDomain(host: string): string | null {
  const bare = host.trim().replace(/:\d{1,5}$/, '');
  // The converter reads a URL's host and would cut at these silently.
  if (/[\s/?#@\\:%[\]]/.test(bare)) return null;
  const ascii = domainToASCII(bare).replace(/\.$/, '');
  const labels = ascii.split('.');
  const isName =
    labels.length >= 2 &&
    ascii.length <= LONGEST_DOMAIN &&
    labels.every((label) => LABEL.test(label)) &&
    TOP_LABEL.test(labels.at(-1) ?? '');
  return isName ? ascii : null;
}

/** Whether this is a domain as a person may type it: no protocol, no port. */
export function isDomain(text: string): boolean {
  return !text.includes(':') && normalizeDomain(text) !== null;
}

/**
 * The domain that MaplePress extracts from a site's URL; null when there is none. Two URLs with the
 * same one cannot both be registered.
 */
export function domainOf(siteUrl: string): string | null {
  if (!URL.canParse(siteUrl.trim())) return null;
  return normalizeDomain(new URL(siteUrl.trim()).hostname);
}

/** Whether both name one registration. False when one of them is no domain. */
export function isSameDomain(one: string, other: string): boolean {
  const domain = normalizeDomain(one);
  return domain !== null && domain === normalizeDomain(other);
}
