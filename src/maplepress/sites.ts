import type { z } from 'zod';
import { parse } from './parse.js';
import { NO_SUCH_SITE, SITE, SITES } from './paths.js';
import type { CallOptions, Transport } from './transport.js';
import { checkedPageSize, checkedSiteId } from './validation.js';
import {
  DeletedSchema,
  ListedSiteSchema,
  SitePageSchema,
  SiteSchema,
  UnreadableSiteSchema,
} from './wire.js';

/** A site as it stands in a list. */
export interface ListedSite {
  readonly id: string;
  readonly domain: string;
  readonly status: string;
  readonly isVerified: boolean;
  readonly createdAt: Date;
}

/** A row of a list that has not the shape we know, as far as it can be read; null: not that. */
export interface UnreadableSite {
  readonly id: string | null;
  readonly domain: string | null;
}

export interface SitePage {
  readonly sites: readonly ListedSite[];
  /** Rows that are missing in `sites`: none of them proves that a site is not there. */
  readonly unreadable: readonly UnreadableSite[];
  /** Asks for the next page; null on the last one. A page may be empty and yet not the last. */
  readonly pageState: string | null;
}

/**
 * One page of the tenant's sites.
 *
 * @param query `pageSize` 1 to 100, default 20
 * @throws MaplePressError
 */
export async function listSites(
  maplePress: Transport,
  query: { readonly pageSize?: number; readonly pageState?: string | null } = {},
  options?: CallOptions,
): Promise<SitePage> {
  const endpoint = `GET ${SITES}`;
  const search = new URLSearchParams({
    page_size: String(checkedPageSize(query.pageSize, endpoint)),
    ...(query.pageState && { page_state: query.pageState }),
  });
  const body = await maplePress.call(
    { endpoint, method: 'GET', path: `${SITES}?${search.toString()}`, effect: 'read' },
    options,
  );
  const page = parse(endpoint, SitePageSchema, body);
  const sites: ListedSite[] = [];
  const unreadable: UnreadableSite[] = [];
  for (const row of page.sites ?? []) {
    const listed = ListedSiteSchema.safeParse(row);
    if (listed.success) sites.push(toListedSite(listed.data));
    else unreadable.push(UnreadableSiteSchema.parse(row));
  }
  return { sites, unreadable, pageState: page.page_state || null };
}

function toListedSite(row: z.output<typeof ListedSiteSchema>): ListedSite {
  const { id, domain, status, is_verified: isVerified, created_at: createdAt } = row;
  return { id, domain, status, isVerified, createdAt };
}

/** Everything MaplePress tells about a site; of its key only the two ends. */
export interface Site {
  readonly id: string;
  readonly tenantId: string;
  readonly domain: string;
  readonly siteUrl: string;
  readonly apiKeyPrefix: string;
  readonly apiKeyLastFour: string;
  readonly status: string;
  readonly isVerified: boolean;
  readonly searchIndexName: string;
  readonly totalPagesIndexed: number;
  /** Null: never yet. */
  readonly lastIndexedAt: Date | null;
  /** Empty: the plugin has not connected yet. */
  readonly pluginVersion: string;
  readonly storageUsedBytes: number;
  readonly searchRequestsCount: number;
  readonly monthlyPagesIndexed: number;
  readonly lastResetAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** @throws MaplePressError, `SITE_NOT_FOUND` also for a site of another tenant */
export async function getSite(
  maplePress: Transport,
  id: string,
  options?: CallOptions,
): Promise<Site> {
  const endpoint = `GET ${SITE}`;
  const path = `${SITES}/${checkedSiteId(id, endpoint)}`;
  const body = await maplePress.call(
    { endpoint, method: 'GET', path, effect: 'read', meanings: NO_SUCH_SITE },
    options,
  );
  const site = parse(endpoint, SiteSchema, body);
  return {
    id: site.id,
    tenantId: site.tenant_id,
    domain: site.domain,
    siteUrl: site.site_url,
    apiKeyPrefix: site.api_key_prefix,
    apiKeyLastFour: site.api_key_last_four,
    status: site.status,
    isVerified: site.is_verified,
    searchIndexName: site.search_index_name,
    totalPagesIndexed: site.total_pages_indexed,
    lastIndexedAt: site.last_indexed_at,
    pluginVersion: site.plugin_version ?? '',
    storageUsedBytes: site.storage_used_bytes,
    searchRequestsCount: site.search_requests_count,
    monthlyPagesIndexed: site.monthly_pages_indexed,
    lastResetAt: site.last_reset_at,
    createdAt: site.created_at,
    updatedAt: site.updated_at,
  };
}

/**
 * Deletes a site with its key, search index, statistics and configuration. There is no way back.
 *
 * @throws MaplePressError, `SITE_NOT_FOUND` when it is gone already
 */
export async function deleteSite(
  maplePress: Transport,
  id: string,
  options?: CallOptions,
): Promise<{ readonly success: true; readonly message: string }> {
  const endpoint = `DELETE ${SITE}`;
  const path = `${SITES}/${checkedSiteId(id, endpoint)}`;
  const body = await maplePress.call(
    { endpoint, method: 'DELETE', path, effect: 'command', meanings: NO_SUCH_SITE },
    options,
  );
  const { message } = parse(endpoint, DeletedSchema, body);
  return { success: true, message: message ?? 'Site deleted successfully' };
}
