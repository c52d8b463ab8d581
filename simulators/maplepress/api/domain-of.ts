import { Refusal } from '../http/answer.js';

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/;

/** The domain under which MaplePress knows a site: of its URL without port and trailing dot. */
export function extractDomain(siteUrl: string): string {
  if (siteUrl.trim() === '') throw new Refusal(400, 'site_url is required');
  if (!URL.canParse(siteUrl)) throw new Refusal(400, 'site_url is not a valid URL');
  const { protocol, hostname } = new URL(siteUrl);
  if (!/^https?:$/.test(protocol)) throw new Refusal(400, 'site_url must use http or https');
  const domain = hostname.replace(/\.$/, '');
  if (!DOMAIN.test(domain)) throw new Refusal(400, 'site_url has no valid domain');
  return domain;
}
