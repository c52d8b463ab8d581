import { setTimeout } from 'node:timers/promises';
import type { RegistrationArgs, RegistrationStanding } from '../../domain/maplepress.js';
import type { TimingProfile } from '../../domain/timing.js';
import {
  type CallOptions,
  domainOf,
  getSite,
  isSameDomain,
  MaplePressError,
  maybeUnreadable,
  type Site,
  type Tenant,
} from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { lastKnownId } from './known-id.js';
import { bareDomain, type Look, type Row, walk } from './walk.js';

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
 * @throws NotYet while the list still names it; MaplePressError `BAD_ANSWER` when a row of the list that
 *   cannot be read may be it
 */
export async function findById(
  { tenants, timing }: Pick<ActivityDeps, 'tenants' | 'timing'>,
  { account, id, domain }: RegistrationArgs,
  options: CallOptions,
): Promise<Site | null> {
  const tenant = tenants.get(account);
  const first = await readById(tenant, id, options);
  if (first !== null) return first;
  await setTimeout(timing.proofInterval, undefined, options);
  const second = await readById(tenant, id, options);
  if (second !== null) return second;
  const bare = domain === undefined ? null : bareDomain(domain);
  const isAnother = (row: Row) => bare !== null && row.bare !== null && row.bare !== bare;
  let named: Row | undefined;
  let isSure = true;
  const look: Look = (row) => {
    if (row.id === id) named = row;
    else if (row.id === null && !isAnother(row)) isSure = false;
    return named !== undefined;
  };
  await walk(tenant, look, timing, options);
  if (named !== undefined) throw unreadable(named.domain ?? id, timing);
  if (!isSure) throw maybeUnreadable(id);
  return null;
}

/** Makes of {@link findById}'s NotYet an answer, for waits that end and would otherwise never get there. */
export function orNotYet(error: unknown): NotYet {
  if (error instanceof NotYet) return error;
  throw error;
}

/**
 * The tenant's registration of a domain; null when it has none. There is one at most, and MaplePress may
 * know `www.` by the bare domain: what counts is the address. MaplePress cannot be asked by domain: the
 * one that the ledger knows of is tried before the whole list is read.
 *
 * @param alsoLook is shown the rows that are read on the way: all of them when the domain has none
 * @throws NotYet when it is listed, but cannot be read; MaplePressError `BAD_ANSWER` when a row of the
 *   list that cannot be read may be it; LedgerUnavailable
 */
export async function findByDomain(
  { tenants, timing, ledger }: Pick<ActivityDeps, 'tenants' | 'timing' | 'ledger'>,
  { account, domain }: { readonly account: string; readonly domain: string },
  options: CallOptions,
  alsoLook?: (row: Row) => void,
): Promise<Site | null> {
  const tenant = tenants.get(account);
  const isMeant = (site: Site) =>
    isSameDomain(site.domain, domain) || domainOf(site.siteUrl) === domain;
  const knownId = await lastKnownId(ledger, { account, domain });
  const known = knownId === null ? null : await readById(tenant, knownId, options);
  if (known !== null && isMeant(known)) return known;

  const wanted = bareDomain(domain);
  const candidates: Row[] = [];
  const look: Look = (row) => {
    alsoLook?.(row);
    if (row.bare !== null && row.bare !== wanted) return false;
    candidates.push(row);
    return row.id !== null && row.domain !== null && isSameDomain(row.domain, domain);
  };
  await walk(tenant, look, timing, options);
  for (const row of candidates) {
    if (row.id === null) continue;
    const site = await readById(tenant, row.id, options);
    if (site === null) throw unreadable(row.domain ?? row.id, timing);
    if (isMeant(site)) return site;
  }
  if (candidates.some(({ id }) => id === null)) throw maybeUnreadable(domain);
  return null;
}

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
