import { type Account, allSites, eachSitePage, type EstateSite } from '../../frappe-cloud/index.js';
import { SITE_STATUSES } from '../../domain/site-status.js';
import type { SiteFilter, SiteRow } from '../../schemas/estate/sites.js';
import { GatewayError } from '../problem.js';
import { isoTime } from './time.js';
import { troublesOf } from './troubles.js';

/** Rows of one call to Press: 10,000 sites are 20 calls, and a page is about 250 KB. */
const PAGE_SIZE = 500;

/** Archived sites only on request: an old account has more of them than of others. */
const STANDING = SITE_STATUSES.filter((status) => status !== 'Archived');

/** The sites of an account, from A to Z, a page at a time; no more than one page is held. */
export async function* listEstate(
  account: Account,
  filter: SiteFilter,
  signal: AbortSignal,
): AsyncGenerator<readonly SiteRow[], void, undefined> {
  const { plan, cluster, version, search, group, tag, limit = Infinity } = filter;
  const query = {
    statuses: filter.status ?? STANDING,
    ...(plan !== undefined && { plan }),
    ...(cluster !== undefined && { cluster }),
    ...(version !== undefined && { version }),
    ...(search !== undefined && { search }),
  };
  const tagged = tag === undefined ? null : await namesTagged(account, tag, signal);
  // What is sorted out here only may lie far apart.
  const isSieved = group !== undefined || tag !== undefined;
  const pageSize = isSieved ? PAGE_SIZE : Math.min(PAGE_SIZE, limit);
  let left = limit;
  for await (const page of eachSitePage(account.press, { query, pageSize }, { signal })) {
    const rows = page
      .filter((site) => matches(site, filter) && (tagged?.has(site.name) ?? true))
      .slice(0, left)
      .map((site) => toSiteRow(account, site));
    left -= rows.length;
    yield rows;
    if (left <= 0) return;
  }
}

/** Press tells tags only together with everything else of a site (A 3.1). */
async function namesTagged(
  { press }: Account,
  tag: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const sites = await allSites(press, { tag }, { signal });
  return new Set(sites.map(({ name }) => name));
}

/**
 * Again, because Press drops a filter it does not know, which widens the list (A 2.3).
 *
 * @throws GatewayError when it drops the field as well, and nobody can tell
 */
function matches(site: EstateSite, filter: SiteFilter): boolean {
  const { plan, cluster, version, group } = filter;
  if (version !== undefined && site.version === undefined) {
    const message = 'Frappe Cloud does not tell versions in lists any more';
    throw new GatewayError(502, 'unexpected_answer', message, 'leave out the version');
  }
  return (
    (plan === undefined || site.plan === plan) &&
    (cluster === undefined || site.cluster === cluster) &&
    (version === undefined || site.version === version) &&
    (group === undefined || site.group === group || site.group_title === group)
  );
}

/** A site as lists show it. */
export function toSiteRow({ clock }: Account, site: EstateSite): SiteRow {
  return {
    name: site.name,
    status: site.status,
    version: site.version ?? null,
    plan: site.plan,
    group: site.group === null ? null : { name: site.group, title: site.group_title ?? null },
    cluster: site.cluster,
    hostName: site.host_name,
    createdAt: isoTime(clock, site.creation),
    troubles: troublesOf(site),
  };
}
