import type { ChangeOf } from '../../domain/adjustments.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  addDomain as add,
  domainExists,
  listDomains,
  removeDomain as remove,
  retryAddDomain,
  type SiteDomain,
} from '../../frappe-cloud/index.js';
import { afterEffect } from '../commands.js';
import { Refused } from '../errors.js';
import type { Asked, ChangeKind, Look } from './adjustment.js';
import { jobsAfter, locateState } from './job-of.js';

type AboutDomain = ChangeOf<'add domain' | 'retry domain' | 'remove domain'>;

/** The row of the domain in question. */
export async function rowOf({
  account,
  site,
  change: { domain },
  options,
}: Asked<{ readonly domain: string } & Asked['change']>): Promise<SiteDomain | undefined> {
  const rows = await listDomains(account.press, { site }, options);
  return rows.find((row) => row.domain === domain);
}

const trackerOf = ({ site, change: { domain } }: Asked<AboutDomain>): Tracker => ({
  kind: 'site-domain',
  site,
  domain,
});

async function lookActive(asked: Asked<AboutDomain>): Promise<Look> {
  const row = await rowOf(asked);
  const { domain } = asked.change;
  if (row?.status === 'Active') return { missing: [], details: { domain } };
  return { missing: [`${domain} is ${row?.status ?? 'not there'}`] };
}

/** C 5.8. */
export const addDomain: ChangeKind<ChangeOf<'add domain'>> = {
  endpoint: 'press.api.site.add_domain',
  repeat: 'at_once',
  async locate(asked) {
    const { account, site, change, options } = asked;
    const owner = await domainExists(account.press, { domain: change.domain }, options);
    if (owner === null) return { state: 'none' };
    return owner === site
      ? { state: 'found', tracker: trackerOf(asked), evidence: {} }
      : { state: 'foreign', reason: `${change.domain} belongs to another site` };
  },
  async send(asked) {
    const { deps, account, site, change, options } = asked;
    await add(account.press, { site, domain: change.domain }, options);
    // A 200 promises nothing: when DNS does not match, nothing is created (C 5.8).
    const row = await afterEffect(deps, () => rowOf(asked));
    if (row !== undefined) return trackerOf(asked);
    throw new Refused(`Press added nothing for ${change.domain}: its DNS does not point here`);
  },
  look: lookActive,
};

/** C 5.9. Press counts the attempts, and stops at five. */
export const retryDomain: ChangeKind<ChangeOf<'retry domain'>> = {
  endpoint: 'press.api.site.retry_add_domain',
  repeat: 'at_once',
  async locate(asked) {
    const row = await rowOf(asked);
    return row !== undefined && row.retry_count >= asked.change.attempt
      ? { state: 'found', tracker: trackerOf(asked), evidence: { status: row.status } }
      : { state: 'none' };
  },
  async send(asked) {
    const { deps, account, site, change, options } = asked;
    await retryAddDomain(account.press, { site, domain: change.domain }, options);
    const row = await afterEffect(deps, () => rowOf(asked));
    if (row !== undefined && row.retry_count >= change.attempt) return trackerOf(asked);
    throw new Refused(`Press did nothing for ${change.domain}: its DNS does not point here`);
  },
  look: lookActive,
};

/** The second only of a domain that was Active. */
const REMOVE_JOBS = ['Remove Host from Proxy', 'Remove Domain'];

/** C 5.10: gone at Press at once, then at the proxy and on the server. */
export const removeDomain: ChangeKind<ChangeOf<'remove domain'>> = {
  endpoint: 'press.api.site.remove_domain',
  repeat: 'at_once',
  locate: async (asked, since) =>
    locateState(asked, (await rowOf(asked)) === undefined, REMOVE_JOBS, since),
  async send(asked, since) {
    const { account, site, change, options } = asked;
    await remove(account.press, { site, domain: change.domain }, options);
    return jobsAfter(asked, REMOVE_JOBS, since);
  },
  async look(asked) {
    const row = await rowOf(asked);
    return { missing: row === undefined ? [] : [`${asked.change.domain} is still there`] };
  },
};
