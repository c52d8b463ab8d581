import { isSameDomain } from './domain.js';
import { MaplePressError } from './errors.js';
import { type ListedSite, listSites } from './sites.js';
import type { CallOptions, Transport } from './transport.js';
import { LARGEST_PAGE_SIZE } from './validation.js';

/**
 * Every site of the tenant, a page at a time. Pages are asked for when they are needed; one page is
 * held. MaplePress promises no order.
 *
 * @param query `pageSize` 1 to 100, default 100
 * @throws MaplePressError, `BAD_ANSWER` when the pages lead round in a circle
 */
export async function* allSites(
  maplePress: Transport,
  query: { readonly pageSize?: number } = {},
  options?: CallOptions,
): AsyncGenerator<ListedSite, void, undefined> {
  const pageSize = query.pageSize ?? LARGEST_PAGE_SIZE;
  const isCircle = circleDetector();
  let pageState: string | null = null;
  do {
    const page = await listSites(maplePress, { pageSize, pageState }, options);
    yield* page.sites;
    pageState = page.pageState;
    if (pageState !== null && isCircle(pageState)) {
      throw new MaplePressError({
        code: 'BAD_ANSWER',
        message: 'the pages of the list lead round in a circle',
        endpoint: 'GET /api/v1/sites',
        sent: 'yes',
        ended: true,
      });
    }
  } while (pageState !== null);
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
 * @throws MaplePressError
 */
export async function sitesOfDomain(
  maplePress: Transport,
  query: { readonly domain: string; readonly createdFrom?: Date },
  options?: CallOptions,
): Promise<readonly ListedSite[]> {
  const from = query.createdFrom?.getTime() ?? -Infinity;
  const found: ListedSite[] = [];
  for await (const site of allSites(maplePress, {}, options)) {
    if (isSameDomain(site.domain, query.domain) && site.createdAt.getTime() >= from) {
      found.push(site);
    }
  }
  return found;
}
