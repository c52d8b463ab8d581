import type { WordPressFilter, WordPressRow } from '../../schemas/estate/maplepress.js';
import type { Estate } from '../estate/client.js';
import { streamedTable } from '../estate/streamed-table.js';
import { ExitCode } from '../exit-codes.js';
import type { Colors, Output } from '../output.js';
import { statusOfWordPress } from './status.js';
import { utcMinute } from './time.js';

const HEAD = ['domain', 'status', 'verified', 'registered (UTC)', 'id'];

/** Prints the WordPress sites of a tenant as they come: a document each, or a line. */
export async function printWordPressSites(
  out: Output,
  estate: Pick<Estate, 'wordPressSites'>,
  tenant: string,
  filter: WordPressFilter,
): Promise<ExitCode> {
  const rows = streamedTable(out, HEAD);
  let shown = 0;
  for await (const site of estate.wordPressSites(tenant, filter)) {
    shown += 1;
    if (out.json) await out.pour(`${JSON.stringify(site)}\n`);
    else await rows.add(cells(site, out.view().colors));
  }
  await rows.flush();
  out.lines(shown === 0 ? none(filter) : footer(shown, filter.limit));
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
