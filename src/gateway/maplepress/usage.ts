import {
  getSite,
  MaplePressError,
  sitePages,
  type Tenant,
  type UnreadableSite,
  unreadableRow,
} from '../../maplepress/index.js';
import type {
  SiteUsage,
  UnreadSite,
  UsageTotal,
  WordPressUsage,
} from '../../schemas/estate/maplepress.js';
import { usageOf } from './site.js';
import { toUnread } from './sites.js';

/** Reads under way at once; the request bucket of the tenant sets the pace. */
const AT_ONCE = 4;
/** More of them, and it is not the sites: then the whole reading has failed. */
const MOST_UNREAD = 10;

/** What is told of usage: of one site, of one that could not be read, or of all, at the end. */
export type UsageFound =
  { readonly site: SiteUsage } | { readonly unread: UnreadSite } | { readonly total: UsageTotal };

/**
 * What every site of a tenant uses, as it is read, and the sum. A site costs one call; one that is
 * deleted meanwhile is left out.
 *
 * @throws MaplePressError when more than some sites cannot be read
 */
export async function* usageOfTenant(
  tenant: Tenant,
  signal: AbortSignal,
): AsyncGenerator<UsageFound, void, undefined> {
  let total: UsageTotal = { ...NOTHING, sites: 0, unread: 0 };
  const rows = rowsOf(tenant, signal);
  for await (const reading of severalAtOnce(rows, (row) => read(tenant, row, signal))) {
    if (reading === null) continue;
    if ('site' in reading) {
      total = { ...total, ...sum(total, reading.site), sites: total.sites + 1 };
      yield reading;
    } else {
      const { unread, error } = reading;
      total = { ...total, unread: total.unread + 1 };
      if (total.unread > MOST_UNREAD) throw error;
      yield { unread };
    }
  }
  yield { total };
}

const NOTHING: WordPressUsage = { pages: 0, storageBytes: 0, searches: 0, monthlyPages: 0 };

function sum(one: WordPressUsage, other: WordPressUsage): WordPressUsage {
  return {
    pages: one.pages + other.pages,
    storageBytes: one.storageBytes + other.storageBytes,
    searches: one.searches + other.searches,
    monthlyPages: one.monthlyPages + other.monthlyPages,
  };
}

async function* rowsOf(
  { maplePress }: Tenant,
  signal: AbortSignal,
): AsyncGenerator<UnreadableSite, void, undefined> {
  for await (const { sites, unreadable } of sitePages(maplePress, {}, { signal })) {
    yield* sites;
    yield* unreadable;
  }
}

/** Null when the site is gone. @throws MaplePressError that is not about this site */
async function read(
  { maplePress }: Tenant,
  row: UnreadableSite,
  signal: AbortSignal,
): Promise<
  | { readonly site: SiteUsage }
  | { readonly unread: UnreadSite; readonly error: MaplePressError }
  | null
> {
  const { id } = row;
  if (id === null) return { unread: toUnread(row), error: unreadableRow(row) };
  try {
    const site = await getSite(maplePress, id, { signal });
    return { site: { id, domain: site.domain, ...usageOf(site) } };
  } catch (error) {
    if (!(error instanceof MaplePressError) || CONCERNS_ALL.has(error.code)) throw error;
    if (error.code === 'SITE_NOT_FOUND') return null;
    return { unread: { ...toUnread(row), reason: error.message }, error };
  }
}

/** After these no other site could be read either. */
const CONCERNS_ALL: ReadonlySet<string> = new Set([
  'ABORTED',
  'AUTHENTICATION_REQUIRED',
  'LOGIN_REFUSED',
  'UNREACHABLE',
]);

/** Works on some at once; answers in the order in which they came. */
async function* severalAtOnce<T, R>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const running: Promise<R>[] = [];
  const begin = (item: T) => {
    const promise = work(item);
    // Its failure is told when its turn comes.
    promise.catch(() => undefined);
    running.push(promise);
  };
  for await (const item of items) {
    begin(item);
    if (running.length >= AT_ONCE) yield (await running.shift()) as R;
  }
  for (const promise of running) yield await promise;
}
