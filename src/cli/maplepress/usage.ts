import type { SiteUsage, UnreadSite, UsageTotal } from '../../schemas/estate/maplepress.js';
import type { Estate, UsageProgress } from '../estate/client.js';
import { ExitCode } from '../exit-codes.js';
import type { Output } from '../output.js';
import { type LiveRegion, liveRegion } from '../render/live.js';
import { renderUsage } from './render-usage.js';

/** The usage of a tenant's sites, read whole. */
export interface TenantUsage {
  readonly sites: readonly SiteUsage[];
  readonly unread: readonly UnreadSite[];
  readonly total: UsageTotal;
}

type Reading = AsyncIterable<UsageProgress>;

/** Shows what every site uses, and the sum. With `--json` a document per line, as they come. */
export async function showUsage(
  out: Output,
  estate: Pick<Estate, 'wordPressUsage'>,
  tenant: string,
): Promise<ExitCode> {
  const reading = estate.wordPressUsage(tenant);
  if (out.json) {
    for await (const line of reading) await out.pour(`${JSON.stringify(line)}\n`);
    return ExitCode.ok;
  }
  const region = out.live ? liveRegion(out) : null;
  let usage: TenantUsage;
  try {
    usage = await collect(reading, region);
  } finally {
    region?.erase();
  }
  out.lines(renderUsage(usage, out.view()));
  return ExitCode.ok;
}

async function collect(reading: Reading, region: LiveRegion | null): Promise<TenantUsage> {
  const sites: SiteUsage[] = [];
  const unread: UnreadSite[] = [];
  let total: UsageTotal = EMPTY;
  region?.draw(['Reading the list of sites …']);
  for await (const line of reading) {
    if ('site' in line) sites.push(line.site);
    else if ('unread' in line) unread.push(line.unread);
    else total = line.total;
    region?.draw([`${sites.length} sites read  ${sites.at(-1)?.domain ?? ''}`.trimEnd()]);
  }
  return { sites, unread, total };
}

const EMPTY: UsageTotal = {
  sites: 0,
  unread: 0,
  pages: 0,
  storageBytes: 0,
  searches: 0,
  monthlyPages: 0,
};
