import type { UnreadSite, WordPressFilter, WordPressRow } from '../../schemas/estate/maplepress.js';
import type { Estate } from '../estate/client.js';
import { streamedTable } from '../estate/streamed-table.js';
import { ExitCode } from '../exit-codes.js';
import type { Colors, Output } from '../output.js';
import { statusOfWordPress } from './status.js';
import { utcMinute } from './time.js';
import { nameOf } from './unread.js';

/** More are counted only. */
const MOST_NAMED = 3;

const HEAD = ['domain', 'status', 'verified', 'registered (UTC)', 'id'];

/** Prints the WordPress sites of a tenant as they come: a document each, or a line. */
export async function printWordPressSites(
  out: Output,
  estate: Pick<Estate, 'wordPressSites'>,
  tenant: string,
  filter: WordPressFilter,
): Promise<ExitCode> {
  const rows = streamedTable(out, HEAD);
  const unread: UnreadSite[] = [];
  let shown = 0;
  let missing = 0;
  for await (const listed of estate.wordPressSites(tenant, filter)) {
    if ('unread' in listed) {
      missing += 1;
      if (missing <= MOST_NAMED) unread.push(listed.unread);
      continue;
    }
    shown += 1;
    if (out.json) await out.pour(`${JSON.stringify(listed.site)}\n`);
    else await rows.add(cells(listed.site, out.view().colors));
  }
  await rows.flush();
  if (shown > 0) out.lines(footer(shown, filter.limit));
  else if (missing === 0) out.lines(none(filter));
  if (missing > 0) out.aside([notRead(missing, unread)]);
  return ExitCode.ok;
}

function cells(site: WordPressRow, colors: Colors): readonly string[] {
  return [
    site.domain,
    statusOfWordPress(site, colors),
    site.isVerified ? 'yes' : 'no',
    utcMinute(site.registeredAt),
    site.id,
  ];
}

function none({ status }: WordPressFilter): readonly string[] {
  if (status !== undefined) {
    return [`No site is ${status}. All of them: npx sitewright maplepress sites`];
  }
  return ['No sites. Register one: npx sitewright maplepress register --help'];
}

function footer(shown: number, limit: number | undefined): readonly string[] {
  if (shown === limit) return [`  ${shown} shown; there may be more: --limit ${limit * 4}`];
  const sites = `${shown} site${shown === 1 ? '' : 's'}`;
  return [`  ${sites}; one of them: npx sitewright maplepress site <domain>`];
}

/** On standard error: a list that is not whole must not look as if it were. */
function notRead(missing: number, named: readonly UnreadSite[]): string {
  const rows = `${missing} row${missing === 1 ? '' : 's'}`;
  const others = missing > named.length ? ' …' : '';
  return `${rows} could not be read: ${named.map(nameOf).join(', ')}${others}`;
}
