import type { SiteFilter, SiteRow } from '../../schemas/estate/sites.js';
import { ExitCode } from '../exit-codes.js';
import type { Output, View } from '../output.js';
import { between } from '../render/time.js';
import type { Estate } from './client.js';
import { statusOfSite } from './status.js';
import { streamedTable } from './streamed-table.js';

const HEAD = ['site', 'status', 'version', 'plan', 'bench group', 'cluster', 'age'];

/** Prints the sites as they come: a document each, or a line. */
export async function printSites(
  out: Output,
  estate: Estate,
  account: string,
  filter: SiteFilter,
): Promise<ExitCode> {
  const rows = streamedTable(out, HEAD);
  let shown = 0;
  for await (const site of estate.sites(account, filter)) {
    shown += 1;
    if (out.json) await out.pour(`${JSON.stringify(site)}\n`);
    else await rows.add(cells(site, { ...out.view(), now: estate.now() }));
  }
  await rows.flush();
  out.lines(shown === 0 ? none(filter) : footer(shown, filter.limit));
  return ExitCode.ok;
}

function cells(site: SiteRow, { colors, now }: View): readonly string[] {
  return [
    site.name,
    statusOfSite(site, colors),
    site.version ?? '',
    site.plan ?? '',
    site.group?.title ?? site.group?.name ?? '',
    site.cluster ?? '',
    between(site.createdAt, now),
  ];
}

function none({ limit: _, ...narrowed }: SiteFilter): readonly string[] {
  if (Object.values(narrowed).some((value) => value !== undefined)) {
    return ['No site matches. All of them: npx sitewright sites'];
  }
  return [
    'No sites, archived ones apart (--status Archived). Order one: npx sitewright provision --help',
  ];
}

function footer(shown: number, limit: number | undefined): readonly string[] {
  if (shown === limit) return [`  ${shown} shown; there may be more: --limit ${limit * 4}`];
  return [`  ${shown} site${shown === 1 ? '' : 's'}; one of them: npx sitewright site <name>`];
}
