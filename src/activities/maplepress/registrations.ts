import type { RegistrationStanding } from '../../domain/maplepress.js';
import {
  type CallOptions,
  getSite,
  MaplePressError,
  type Site,
  sitesOfDomain,
  type Tenant,
} from '../../maplepress/index.js';

/** The registration of that id; null when there is none any more. */
export async function findById(
  { maplePress }: Tenant,
  id: string,
  options: CallOptions,
): Promise<Site | null> {
  try {
    return await getSite(maplePress, id, options);
  } catch (error) {
    if (error instanceof MaplePressError && error.code === 'SITE_NOT_FOUND') return null;
    throw error;
  }
}

/** The tenant's registration of a domain; null when it has none. There is one at most. */
export async function findByDomain(
  tenant: Tenant,
  domain: string,
  options: CallOptions,
): Promise<Site | null> {
  for (const { id } of await sitesOfDomain(tenant.maplePress, { domain }, options)) {
    const site = await findById(tenant, id, options);
    if (site !== null) return site;
  }
  return null;
}

/** How a registration stands. */
export function standingOf(site: Site | null): RegistrationStanding {
  if (site === null) return { state: 'gone' };
  const { isVerified, apiKeyLastFour: keyLastFour } = site;
  return {
    state: isVerified ? 'active' : 'pending',
    isVerified,
    keyLastFour,
    traces: tracesOf(site),
  };
}

/** What changes by the plugin alone: not `updated_at`, which a rotation changes too. */
function tracesOf(site: Site): string {
  return [
    site.lastIndexedAt?.toISOString() ?? 'never indexed',
    `${site.searchRequestsCount} searches`,
    `${site.totalPagesIndexed} pages`,
    `plugin ${site.pluginVersion}`,
    site.isVerified ? 'verified' : 'pending',
  ].join(', ');
}
