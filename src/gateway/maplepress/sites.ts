import {
  type ListedSite,
  sitePages,
  type Tenant,
  type UnreadableSite,
} from '../../maplepress/index.js';
import type { UnreadSite, WordPressFilter, WordPressRow } from '../../schemas/estate/maplepress.js';

/** MaplePress's most: 10,000 sites are 100 calls. */
const PAGE_SIZE = 100;

/** A part of the list, and what of it could not be read. */
export interface WordPressPage {
  readonly sites: readonly WordPressRow[];
  readonly unread: readonly UnreadSite[];
}

/**
 * The sites of a tenant as MaplePress orders them, a page at a time; no more than one page is held.
 * The next page is read when the one before was taken.
 *
 * @throws MaplePressError
 */
export async function* listWordPressSites(
  { maplePress }: Tenant,
  filter: WordPressFilter,
  signal: AbortSignal,
): AsyncGenerator<WordPressPage, void, undefined> {
  const { status, limit = Infinity } = filter;
  // What is sorted out here only may lie far apart.
  const wanted = status === undefined ? Math.min(limit, PAGE_SIZE) : PAGE_SIZE;
  const pageSize = filter.pageSize ?? wanted;
  let left = limit;
  for await (const page of sitePages(maplePress, { pageSize }, { signal })) {
    const sites = page.sites
      .filter((site) => status === undefined || site.status === status)
      .slice(0, left)
      .map(toRow);
    left -= sites.length;
    yield { sites, unread: page.unreadable.map(toUnread) };
    if (left <= 0) return;
  }
}

/** A site as lists show it. */
function toRow({ id, domain, status, isVerified, createdAt }: ListedSite): WordPressRow {
  return { id, domain, status, isVerified, registeredAt: createdAt.toISOString() };
}

/** Nobody knows whether it has the status that is asked for. */
export function toUnread({ id, domain }: UnreadableSite): UnreadSite {
  return { id, domain, reason: 'its row in the list cannot be read' };
}
