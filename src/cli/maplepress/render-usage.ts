import { formatStorage } from '../../maplepress/format-storage.js';
import type { WordPressUsage } from '../../schemas/estate/maplepress.js';
import { tableOf } from '../estate/table.js';
import type { View } from '../output.js';
import { oneLine } from '../render/rows.js';
import { nameOf } from './unread.js';
import type { TenantUsage } from './usage.js';

const HEAD = ['domain', 'storage', 'pages', 'this month', 'searches'];

/** A line per site, those with the most storage first, and the sum. */
export function renderUsage(
  { sites, unread, total }: TenantUsage,
  { colors }: View,
): readonly string[] {
  if (sites.length + unread.length === 0) {
    return ['No sites. Register one: npx sitewright maplepress register --help'];
  }
  const rows = sites
    .toSorted((a, b) => b.storageBytes - a.storageBytes || a.domain.localeCompare(b.domain))
    .map((site) => [site.domain, ...cells(site)]);
  const sum = [`all ${sites.length}`, ...cells(total)];
  const table = tableOf(HEAD, [...rows, sum], colors.dim);
  return [
    ...table.slice(0, -1),
    ...table.slice(-1).map(colors.bold),
    ...unread.map((site) =>
      colors.yellow(`  not read, and not in the sum: ${nameOf(site)}: ${oneLine(site.reason)}`),
    ),
  ];
}

function cells({ storageBytes, pages, monthlyPages, searches }: WordPressUsage): readonly string[] {
  const counted = (n: number) => n.toLocaleString('en-GB');
  return [formatStorage(storageBytes), counted(pages), counted(monthlyPages), counted(searches)];
}
