import { MaplePressErrorCode } from './errors.js';
import { parse } from './parse.js';
import { SITES } from './paths.js';
import { Secret } from './secret.js';
import type { CallOptions, Transport } from './transport.js';
import { checkedSiteUrl } from './validation.js';
import { CreatedSiteSchema } from './wire.js';

/** A new registration. Its two secrets are never shown again. */
export interface CreatedSite {
  readonly id: string;
  readonly domain: string;
  readonly siteUrl: string;
  readonly apiKey: Secret;
  /** The plugin shows it once; until then the site is `pending`. */
  readonly verificationToken: Secret;
  /** `pending` or `active`. */
  readonly status: string;
  /** Of the search index (Meilisearch). */
  readonly searchIndexName: string;
}

/**
 * Registers a site. MaplePress knows it by the domain of its URL, of which there is one in the world.
 *
 * @throws MaplePressError; `DOMAIN_REGISTERED` also when an earlier send of ours has landed
 */
export async function createSite(
  maplePress: Transport,
  data: { readonly siteUrl: string },
  options?: CallOptions,
): Promise<CreatedSite> {
  const endpoint = `POST ${SITES}`;
  const siteUrl = checkedSiteUrl(data, endpoint);
  const meanings = { 409: MaplePressErrorCode.DOMAIN_REGISTERED };
  const body = await maplePress.call(
    {
      endpoint,
      method: 'POST',
      path: SITES,
      body: { site_url: siteUrl },
      effect: 'command',
      meanings,
    },
    options,
  );
  const site = parse(endpoint, CreatedSiteSchema, body);
  return {
    id: site.id,
    domain: site.domain,
    siteUrl: site.site_url ?? siteUrl,
    apiKey: new Secret(site.api_key),
    verificationToken: new Secret(site.verification_token),
    status: site.status,
    searchIndexName: site.search_index_name,
  };
}
