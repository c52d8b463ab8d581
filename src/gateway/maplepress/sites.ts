import { allSites, type ListedSite, type Tenant } from '../../maplepress/index.js';
import type { WordPressFilter, WordPressRow } from '../../schemas/estate/maplepress.js';

/** MaplePress's most: 10,000 sites are 100 calls. */
const PAGE_SIZE = 100;

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
): AsyncGenerator<readonly WordPressRow[], void, undefined> {
  const { status, limit = Infinity } = filter;
  // What is sorted out here only may lie far apart.
  const wanted = status === undefined ? Math.min(limit, PAGE_SIZE) : PAGE_SIZE;
  const pageSize = filter.pageSize ?? wanted;
  let rows: WordPressRow[] = [];
  let read = 0;
  let left = limit;
  for await (const site of allSites(maplePress, { pageSize }, { signal })) {
    read += 1;
    if (status === undefined || site.status === status) {
      rows.push(toRow(site));
      left -= 1;
    }
    if (left <= 0) break;
    if (read % pageSize !== 0) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

/** A site as lists show it. */
function toRow({ id, domain, status, isVerified, createdAt }: ListedSite): WordPressRow {
  return { id, domain, status, isVerified, registeredAt: createdAt.toISOString() };
}
