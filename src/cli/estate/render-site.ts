import type { SiteView } from '../../schemas/estate/site.js';
import type { Colors, View } from '../output.js';
import { block, oneLine, type Row, row } from '../render/rows.js';
import { between } from '../render/time.js';
import { size } from '../render/vault.js';
import { operationLines } from './operations.js';
import { statusOfSite, statusOfWork } from './status.js';
import { columns } from './table.js';

const MB = 1_000_000;

/**
 * Everything about a site on one screen, and where there is more.
 *
 * @param view its `now` is the time at Frappe Cloud
 * @param ours what the times of our ledger are relative to
 */
export function renderSite(site: SiteView, view: View, ours: Date = new Date()): readonly string[] {
  const { colors } = view;
  const rows: readonly Row[] = [
    ['address', site.hostName === null ? 'none' : `https://${site.hostName}`],
    ['version', versionOf(site)],
    ['plan', planOf(site)],
    ['bench group', benchOf(site)],
    ['cluster', clusterOf(site)],
    ['made', `${between(site.createdAt, view.now)} ago`],
    ...block('tags', site.overview?.tags.length ? [site.overview.tags.join(', ')] : []),
    ...block('apps', site.apps === null ? [] : [site.apps.join(', ')]),
    ...block(
      'domains',
      (site.domains ?? []).map((domain) => domainOf(domain, colors)),
    ),
    ...block('config', columns((site.config ?? []).map(({ key, value }) => [key, oneLine(value)]))),
    ...block('backups', backupsOf(site, view)),
    ...block('open jobs', jobsOf(site, view)),
    ...block('operations', operationLines(site.operations, ours)),
    ...block(
      'not readable',
      site.missing.map(({ part, reason }) => colors.yellow(`${part}: ${oneLine(reason)}`)),
    ),
    [
      'more',
      ['jobs', 'backups', 'ledger'].map((of) => `npx sitewright ${of} ${site.name}`).join(' · '),
    ],
  ];
  return [`${colors.bold(site.name)}   ${statusOfSite(site, colors)}`, ...rows.map(row)];
}

function versionOf({ version, overview }: SiteView): string {
  const latest = overview?.latestVersion ?? null;
  const isLatest = latest === null || latest === version;
  return `${version ?? 'unknown'}${isLatest ? '' : ` (the latest is ${latest})`}`;
}

function planOf({ plan, usage }: SiteView): string {
  if (usage === null) return plan ?? 'none';
  const { percent, diskMb, diskLimitMb, databaseMb, databaseLimitMb } = usage;
  return [
    plan ?? 'none',
    share('cpu', percent.cpu, null, null),
    share('disk', percent.disk, diskMb, diskLimitMb),
    share('database', percent.database, databaseMb, databaseLimitMb),
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

function share(
  what: string,
  percent: number | null,
  usedMb: number | null,
  limitMb: number | null,
): string {
  if (percent === null) return '';
  const amount =
    usedMb === null || limitMb === null ? '' : `, ${size(usedMb * MB)} of ${size(limitMb * MB)}`;
  return `${what} ${Math.round(percent)} %${amount}`;
}

function benchOf({ group, bench }: SiteView): string {
  const title = group?.title ?? group?.name ?? 'none';
  return [title, ...(bench === null ? [] : [`bench ${bench}`])].join(' · ');
}

function clusterOf({ cluster, server, overview }: SiteView): string {
  return [cluster ?? 'unknown', server, overview?.ip]
    .filter((text): text is string => Boolean(text))
    .join(' · ');
}

function domainOf(
  { domain, status, primary, redirectsToPrimary }: NonNullable<SiteView['domains']>[number],
  colors: Colors,
): string {
  const mark = status === 'Active' ? colors.green('✓') : colors.yellow('!');
  const said = [
    ...(status === 'Active' ? [] : [status]),
    ...(primary ? ['primary'] : []),
    ...(redirectsToPrimary ? ['redirects to the primary'] : []),
  ];
  return `${mark} ${domain}${said.length === 0 ? '' : ` (${said.join(', ')})`}`;
}

function backupsOf({ backups }: SiteView, { colors, now }: View): readonly string[] {
  if (backups === null) return [];
  if (backups.length === 0) return ['none that still has its files'];
  return columns(
    backups.map((backup) => [
      `${between(backup.takenAt, now)} ago`,
      statusOfWork(backup.status, colors),
      backup.offsite ? 'offsite' : 'on the server',
      backup.bytes === null ? '' : size(backup.bytes),
    ]),
  );
}

function jobsOf({ openJobs }: SiteView, { colors, now }: View): readonly string[] {
  return columns(
    (openJobs ?? []).map((job) => [
      job.type,
      statusOfWork(job.status, colors),
      between(job.createdAt, now),
      `npx sitewright job ${job.name}`,
    ]),
  );
}
