import { setTimeout } from 'node:timers/promises';
import type { RegistrationStanding } from '../../domain/maplepress.js';
import type { TimingProfile } from '../../domain/timing.js';
import {
  allSites,
  type CallOptions,
  domainOf,
  getSite,
  isSameDomain,
  MaplePressError,
  normalizeDomain,
  type Site,
  type Tenant,
} from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';

/** The registration of that id; null when it answers 404, which alone proves nothing. */
async function readById(
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

/**
 * The registration of that id; null when there certainly is none any more: it answers 404 twice, some
 * time apart, and the list does not name it. What is taken for gone has its secrets wiped.
 *
 * @throws NotYet while the list still names it
 */
export async function findById(
  { tenants, timing }: Pick<ActivityDeps, 'tenants' | 'timing'>,
  { account, id }: { readonly account: string; readonly id: string },
  options: CallOptions,
): Promise<Site | null> {
  const tenant = tenants.get(account);
  const first = await readById(tenant, id, options);
  if (first !== null) return first;
  await setTimeout(timing.proofInterval, undefined, options);
  const second = await readById(tenant, id, options);
  if (second !== null) return second;
  for await (const row of allSites(tenant.maplePress, {}, options)) {
    if (row.id === id) throw unreadable(row.domain, timing);
  }
  return null;
}

/**
 * The tenant's registration of a domain; null when it has none. There is one at most, and MaplePress may
 * know `www.` by the bare domain: what counts is the address.
 *
 * @throws NotYet when it is listed, but cannot be read
 */
export async function findByDomain(
  { tenants, timing }: Pick<ActivityDeps, 'tenants' | 'timing'>,
  { account, domain }: { readonly account: string; readonly domain: string },
  options: CallOptions,
): Promise<Site | null> {
  const tenant = tenants.get(account);
  for await (const row of allSites(tenant.maplePress, {}, options)) {
    if (bare(row.domain) !== bare(domain)) continue;
    const site = await readById(tenant, row.id, options);
    if (site === null) throw unreadable(row.domain, timing);
    if (isSameDomain(site.domain, domain) || domainOf(site.siteUrl) === domain) return site;
  }
  return null;
}

const bare = (domain: string): string => (normalizeDomain(domain) ?? domain).replace(/^www\./, '');

const unreadable = (domain: string, { proofInterval }: Pick<TimingProfile, 'proofInterval'>) =>
  new NotYet(`the list names ${domain}, but it answers 404; looking again`, proofInterval);

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
