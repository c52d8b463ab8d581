import { isMaplePressKind } from '../../domain/operations.js';
import type { Ledger } from '../../ledger/index.js';
import {
  getSite,
  isSameDomain,
  maybeUnreadable,
  type Site,
  sitePages,
  type Tenant,
  validateDomain,
} from '../../maplepress/index.js';
import type { WordPressUsage, WordPressView } from '../../schemas/estate/maplepress.js';
import { operationsOf } from '../estate/operations.js';
import { GatewayError } from '../problem.js';

/**
 * Everything about one site, and what was last done to it.
 *
 * @param name its id, or its domain: then the list is read until it is found
 * @throws GatewayError 404; MaplePressError
 */
export async function wordPressView(
  tenant: Tenant,
  { ledger }: { readonly ledger: Pick<Ledger, 'findOperations'> },
  name: string,
  signal: AbortSignal,
): Promise<WordPressView> {
  const id = name.includes('.') ? await idOf(tenant, name, signal) : name;
  const site = await getSite(tenant.maplePress, id, { signal });
  const operations = await operationsOf(ledger, {
    account: tenant.name,
    site: site.domain,
    isOne: isMaplePressKind,
  });
  return {
    tenant: tenant.name,
    tenantId: site.tenantId,
    id: site.id,
    domain: site.domain,
    siteUrl: site.siteUrl,
    status: site.status,
    isVerified: site.isVerified,
    apiKey: { prefix: site.apiKeyPrefix, lastFour: site.apiKeyLastFour },
    searchIndex: site.searchIndexName,
    pluginVersion: site.pluginVersion,
    usage: usageOf(site),
    lastIndexedAt: site.lastIndexedAt?.toISOString() ?? null,
    lastResetAt: site.lastResetAt?.toISOString() ?? null,
    registeredAt: site.createdAt.toISOString(),
    updatedAt: site.updatedAt.toISOString(),
    operations,
  };
}

/** What a site uses. */
export function usageOf(site: Site): WordPressUsage {
  return {
    pages: site.totalPagesIndexed,
    storageBytes: site.storageUsedBytes,
    searches: site.searchRequestsCount,
    monthlyPages: site.monthlyPagesIndexed,
  };
}

/** A domain is registered once, so the first is the one. */
async function idOf(
  { name, maplePress }: Tenant,
  domain: string,
  signal: AbortSignal,
): Promise<string> {
  const { error } = validateDomain(domain);
  if (error !== null) throw new GatewayError(400, 'bad_request', error);
  let isSure = true;
  for await (const { sites, unreadable } of sitePages(maplePress, {}, { signal })) {
    for (const row of [...sites, ...unreadable]) {
      const isIt = row.domain !== null && isSameDomain(row.domain, domain);
      if (isIt && row.id !== null) return row.id;
      if (isIt || row.domain === null) isSure = false;
    }
  }
  if (!isSure) throw maybeUnreadable(domain);
  throw new GatewayError(
    404,
    'not_found',
    `tenant ${name} has no site ${domain}`,
    `register it: npx sitewright maplepress register https://${domain}`,
  );
}
