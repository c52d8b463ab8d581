import { formatStorage } from '../../maplepress/format-storage.js';
import type { WordPressView } from '../../schemas/estate/maplepress.js';
import { operationLines } from '../estate/operations.js';
import type { View } from '../output.js';
import { block, type Row, row } from '../render/rows.js';
import { statusOfWordPress } from './status.js';
import { utcMinute } from './time.js';

/**
 * Everything about a WordPress site on one screen, and what can be done next.
 *
 * @param ours what the times of our ledger are relative to
 */
export function renderWordPressSite(
  site: WordPressView,
  { colors }: View,
  ours: Date = new Date(),
): readonly string[] {
  const { usage, apiKey } = site;
  const rows: readonly Row[] = [
    ['address', site.siteUrl],
    ['verified', verification(site)],
    ['plugin', site.pluginVersion === '' ? 'not connected' : `version ${site.pluginVersion}`],
    ['API key', `${apiKey.prefix}…${apiKey.lastFour}`],
    ['pages', `${counted(usage.pages)} indexed, ${ofMonth(site)}`],
    [
      'last indexed',
      site.lastIndexedAt === null ? 'never' : `${utcMinute(site.lastIndexedAt)} UTC`,
    ],
    ['storage', formatStorage(usage.storageBytes)],
    ['searches', counted(usage.searches)],
    ['search index', site.searchIndex],
    ['registered', `${utcMinute(site.registeredAt)} UTC`],
    ['changed', `${utcMinute(site.updatedAt)} UTC`],
    ['id', site.id],
    ['tenant', `${site.tenant} (${site.tenantId})`],
    ...block('operations', operationLines(site.operations, ours)),
    ...block('more', [
      `npx sitewright ledger ${site.domain}`,
      `npx sitewright maplepress rotate-key ${site.domain} --dry-run`,
    ]),
  ];
  return [`${colors.bold(site.domain)}   ${statusOfWordPress(site, colors)}`, ...rows.map(row)];
}

function verification({ isVerified }: WordPressView): string {
  return isVerified ? 'yes' : 'no: its plugin has not shown itself with key and verification token';
}

function ofMonth({ usage, lastResetAt }: WordPressView): string {
  const since = lastResetAt === null ? 'this month' : `since ${utcMinute(lastResetAt)} UTC`;
  return `${counted(usage.monthlyPages)} of them ${since}`;
}

/** `1,250`. */
function counted(n: number): string {
  return n.toLocaleString('en-GB');
}
