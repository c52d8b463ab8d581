import type { SiteFilter, SiteRow } from '../../schemas/estate/sites.js';
import { ExitCode } from '../exit-codes.js';
import type { Output, View } from '../output.js';
import { between } from '../render/time.js';
import type { Estate } from './client.js';
import { statusOfSite } from './status.js';
import { MEASURED_ROWS, type StreamTable, streamTable } from './table.js';

const HEAD = ['site', 'status', 'version', 'plan', 'bench group', 'cluster', 'age'];

/** Prints the sites as they come: a document each, or a line. */
export async function printSites(
  out: Output,
  estate: Estate,
  account: string,
  filter: SiteFilter,
): Promise<ExitCode> {
  const rows = createRows(out, () => ({ ...out.view(), now: estate.now() }));
  let shown = 0;
  for await (const site of estate.sites(account, filter)) {
    shown += 1;
    if (out.json) await out.pour(`${JSON.stringify(site)}\n`);
    else await rows.add(site);
  }
  await rows.flush();
  out.lines(shown === 0 ? none(filter) : footer(shown, filter.limit));
  return ExitCode.ok;
}

/** Holds the first rows until their widths are known, and prints the others at once. */
function createRows(out: Output, viewNow: () => View) {
  let held: (readonly string[])[] = [];
  let table: StreamTable | null = null;
  const flush = async () => {
    if (held.length === 0) return;
    table = streamTable(HEAD, held, out.view().colors.dim);
    const lines = [table.head, ...held.map(table.line)];
    held = [];
    await out.pour(lines.map((text) => `${text}\n`).join(''));
  };
  return {
    flush,
    async add(site: SiteRow) {
      if (table !== null) return out.pour(`${table.line(cells(site, viewNow()))}\n`);
      held.push(cells(site, viewNow()));
      if (held.length === MEASURED_ROWS) await flush();
    },
  };
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
