import { domainOf, isDomain } from './domain.js';
import { MaplePressError, MaplePressErrorCode } from './errors.js';

/** A check of a value that a person has typed; `error` is null when it is valid. */
export interface Validation {
  readonly valid: boolean;
  readonly error: string | null;
}

const VALID: Validation = { valid: true, error: null };

const REFUSALS = {
  SITE_DATA_REQUIRED: 'Site data is required',
  SITE_URL_REQUIRED: 'Site URL is required',
  INVALID_SITE_URL: 'Invalid site URL format',
  UNSUPPORTED_PROTOCOL: 'Site URL must use http or https protocol',
  DOMAIN_NOT_EXTRACTABLE: 'Could not extract domain from URL',
  INVALID_PAGE_SIZE: 'Page size must be between 1 and 100',
  SITE_ID_REQUIRED: 'Site ID is required',
  INVALID_SITE_ID: 'Invalid site ID format',
} as const satisfies Partial<Record<MaplePressErrorCode, string>>;

export const DEFAULT_PAGE_SIZE = 20;
export const LARGEST_PAGE_SIZE = 100;

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function refused(code: keyof typeof REFUSALS, endpoint: string): MaplePressError {
  return new MaplePressError({ code, message: REFUSALS[code], endpoint, sent: 'no' });
}

function isMissing(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === '';
}

/** Why the URL cannot be registered, or null. */
function urlRefusal(given: string): keyof typeof REFUSALS | null {
  if (isMissing(given)) return MaplePressErrorCode.SITE_URL_REQUIRED;
  // Blanks and letters that a URL cannot have are dropped or escaped silently by the parser.
  if (/\s/.test(given.trim()) || !URL.canParse(given.trim())) return 'INVALID_SITE_URL';
  const url = new URL(given.trim());
  if (!/^https?:$/.test(url.protocol)) return 'UNSUPPORTED_PROTOCOL';
  // The parser also takes `https:example.com` and backslashes; others read something else in them.
  if (!/^https?:\/\/[^/\\]/i.test(given.trim())) return 'INVALID_SITE_URL';
  // Everybody who may list sites would see the password.
  if (url.username !== '' || url.password !== '') return 'INVALID_SITE_URL';
  return null;
}

/** Rules: not empty, a URL, `http` or `https`. */
export function validateSiteUrl(url: string): Validation {
  const code = urlRefusal(url);
  return code === null ? VALID : { valid: false, error: REFUSALS[code] };
}

/** Rules: not empty, at least two labels such as `example.com`, no protocol. */
export function validateDomain(domain: string): Validation {
  if (isMissing(domain)) return { valid: false, error: 'Domain is required' };
  return isDomain(domain) ? VALID : { valid: false, error: 'Invalid domain format' };
}

/**
 * The URL to register, without blanks around it.
 *
 * @throws MaplePressError `SITE_DATA_REQUIRED`, `SITE_URL_REQUIRED`, `INVALID_SITE_URL`,
 *   `UNSUPPORTED_PROTOCOL`, `DOMAIN_NOT_EXTRACTABLE`; nothing was sent
 */
export function checkedSiteUrl(
  data: { readonly siteUrl: string } | null | undefined,
  endpoint: string,
): string {
  if (typeof data !== 'object' || data === null) throw refused('SITE_DATA_REQUIRED', endpoint);
  const code = urlRefusal(data.siteUrl);
  if (code !== null) throw refused(code, endpoint);
  if (domainOf(data.siteUrl) === null) throw refused('DOMAIN_NOT_EXTRACTABLE', endpoint);
  return data.siteUrl.trim();
}

/** @throws MaplePressError `SITE_ID_REQUIRED`, `INVALID_SITE_ID`; nothing was sent */
export function checkedSiteId(id: string, endpoint: string): string {
  if (isMissing(id)) throw refused('SITE_ID_REQUIRED', endpoint);
  if (!UUID.test(id)) throw refused('INVALID_SITE_ID', endpoint);
  return id;
}

/** @throws MaplePressError `INVALID_PAGE_SIZE`; nothing was sent */
export function checkedPageSize(size: number | undefined, endpoint: string): number {
  const wanted = size ?? DEFAULT_PAGE_SIZE;
  const fits = Number.isInteger(wanted) && wanted >= 1 && wanted <= LARGEST_PAGE_SIZE;
  if (!fits) throw refused('INVALID_PAGE_SIZE', endpoint);
  return wanted;
}
