import { isSameDomain } from './domain.js';
import { MaplePressError } from './errors.js';
import { SITES } from './paths.js';
import { type ListedSite, listSites, type SitePage, type UnreadableSite } from './sites.js';
import type { CallOptions, Transport } from './transport.js';
import { LARGEST_PAGE_SIZE } from './validation.js';

/**
 * The pages of the tenant's list, each asked for when it is needed. MaplePress promises no order.
 *
 * @param query `pageSize` 1 to 100, default 100; `from` goes on where an earlier reading has ended, at
 *   the `pageState` of its last page
 * @throws MaplePressError, `BAD_ANSWER` when the pages lead round in a circle
 */
export async function* sitePages(
  maplePress: Transport,
  query: { readonly pageSize?: number; readonly from?: string | null } = {},
  options?: CallOptions,
): AsyncGenerator<SitePage, void, undefined> {
  const pageSize = query.pageSize ?? LARGEST_PAGE_SIZE;
  const isCircle = circleDetector();
  let pageState = query.from ?? null;
  do {
    const page = await listSites(maplePress, { pageSize, pageState }, options);
    yield page;
    pageState = page.pageState;
    if (pageState !== null && isCircle(pageState)) {
      throw badList('the pages of the list lead round in a circle');
    }
  } while (pageState !== null);
}

/**
 * Every site of the tenant, a page at a time; one page is held. MaplePress promises no order.
 *
 * @param query `pageSize` 1 to 100, default 100; `onUnreadable` is told of the rows that are left out
 * @throws MaplePressError, `BAD_ANSWER` when the pages lead round in a circle, or a row cannot be read
 *   and nobody is to be told
 */
export async function* allSites(
  maplePress: Transport,
  query: {
    readonly pageSize?: number;
    readonly onUnreadable?: (row: UnreadableSite) => void;
  } = {},
  options?: CallOptions,
): AsyncGenerator<ListedSite, void, undefined> {
  const { onUnreadable = refuse, ...pages } = query;
  for await (const { sites, unreadable } of sitePages(maplePress, pages, options)) {
    unreadable.forEach(onUnreadable);
    yield* sites;
  }
}

/** A list that does not tell of a site proves nothing while one of its rows cannot be read. */
export function maybeUnreadable(site: string): MaplePressError {
  return badList(`a row of the list cannot be read, and may be ${site}`);
}

/** A row that cannot be read, where it matters which one. */
export function unreadableRow({ id, domain }: UnreadableSite): MaplePressError {
  return badList(`a row of the list cannot be read: ${domain ?? id ?? 'without domain and id'}`);
}

function refuse(row: UnreadableSite): never {
  throw unreadableRow(row);
}

function badList(message: string): MaplePressError {
  return new MaplePressError({
    code: 'BAD_ANSWER',
    message,
    endpoint: `GET ${SITES}`,
    sent: 'yes',
    ended: true,
  });
}

/**
 * Tells whether a page was there before, remembering one only: the milestone is set anew at every
 * power of two, so that a circle of n pages is found within 3n (Brent).
 */
function circleDetector(): (pageState: string) => boolean {
  let milestone: string | undefined;
  let steps = 0;
  let limit = 1;
  return (pageState) => {
    if (pageState === milestone) return true;
    steps += 1;
    if (steps === limit) {
      milestone = pageState;
      steps = 0;
      limit *= 2;
    }
    return false;
  };
}

/**
 * The tenant's registrations of a domain: how a lost answer of {@link createSite} is located. Reads
 * all pages, because their order says nothing about age.
 *
 * @param query `createdFrom`: older ones are left out; give the server's clock some minutes
 * @throws MaplePressError, `BAD_ANSWER` when a row that cannot be read may be one of them
 */
export async function sitesOfDomain(
  maplePress: Transport,
  query: { readonly domain: string; readonly createdFrom?: Date },
  options?: CallOptions,
): Promise<readonly ListedSite[]> {
  const from = query.createdFrom?.getTime() ?? -Infinity;
  const found: ListedSite[] = [];
  const onUnreadable = ({ domain }: UnreadableSite) => {
    if (domain === null || isSameDomain(domain, query.domain)) throw maybeUnreadable(query.domain);
  };
  for await (const site of allSites(maplePress, { onUnreadable }, options)) {
    if (isSameDomain(site.domain, query.domain) && site.createdAt.getTime() >= from) {
      found.push(site);
    }
  }
  return found;
}
