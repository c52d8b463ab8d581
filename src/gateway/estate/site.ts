import {
  type Account,
  currentPlan,
  estateSite,
  installedApps,
  listDomains,
  PressError,
  PressErrorCode,
  siteConfig,
  siteOverview,
} from '../../frappe-cloud/index.js';
import { isMaplePressKind } from '../../domain/operations.js';
import type { SiteView } from '../../schemas/estate/site.js';
import type { GatewayDeps } from '../deps.js';
import { backupsOf } from './backups.js';
import { shownConfig } from './config.js';
import { jobsOf } from './jobs.js';
import { operationsOf } from './operations.js';
import { ownSite } from './own-site.js';
import { isoTime } from './time.js';
import { troublesOf } from './troubles.js';

const BACKUPS = 3;
/** Open jobs are among the newest ones. */
const JOBS = 20;
const OPEN: readonly string[] = ['Undelivered', 'Pending', 'Running'];

/**
 * Everything about one site. A part that cannot be read now is null and named in `missing`: of a
 * site that is broken one wants to see the rest.
 *
 * @throws GatewayError 404 for a site that is not of this account
 * @throws PressError when not even the site itself can be read
 */
export async function siteView(
  account: Account,
  { ledger, secretConfigKeys }: Pick<GatewayDeps, 'ledger' | 'secretConfigKeys'>,
  name: string,
  signal: AbortSignal,
): Promise<SiteView> {
  const site = await ownSite(account, name, signal);
  const { press } = account;
  const options = { signal };
  const missing: { part: string; reason: string }[] = [];
  const part = async <T>(what: string, reading: Promise<T>): Promise<T | null> => {
    try {
      return await reading;
    } catch (error) {
      const isLasting = !(error instanceof PressError) || error.code === PressErrorCode.ABORTED;
      if (isLasting) throw error;
      missing.push({ part: what, reason: error.message });
      return null;
    }
  };
  const [row, overview, usage, apps, domains, config, backups, jobs, operations] =
    await Promise.all([
      part('bench group and cluster', estateSite(press, { site: name }, options)),
      part('overview', siteOverview(press, { site: name }, options)),
      part('usage', currentPlan(press, { site: name }, options)),
      part('apps', installedApps(press, { site: name }, options)),
      part('domains', listDomains(press, { site: name }, options)),
      part('config', siteConfig(press, { site: name }, options)),
      part('backups', backupsOf(account, signal, { site: name, limit: BACKUPS })),
      part('jobs', jobsOf(account, signal, { site: name, start: 0, limit: JOBS })),
      // A WordPress site of the same name is another one.
      operationsOf(ledger, {
        account: account.name,
        site: name,
        isOne: (kind) => !isMaplePressKind(kind),
      }),
    ]);
  return {
    account: account.name,
    name,
    status: site.status,
    version: site.version,
    plan: site.plan,
    group: site.group === null ? null : { name: site.group, title: row?.group_title ?? null },
    cluster: row?.cluster ?? null,
    hostName: site.host_name,
    createdAt: isoTime(account.clock, site.creation),
    troubles: troublesOf(site),
    server: site.server,
    bench: site.bench,
    overview: overview && {
      latestVersion: overview.latest_frappe_version,
      ip: overview.ip,
      region: overview.server_region_info?.title ?? null,
      tags: (site.tags ?? []).map(({ tag_name }) => tag_name),
      isSetUp: overview.setup_wizard_complete,
    },
    usage: usage && {
      planTitle: usage.current_plan?.plan_title ?? null,
      priceUsd: usage.current_plan?.price_usd ?? null,
      percent: usage.usage_in_percent,
      diskMb: usage.total_storage_usage ?? null,
      diskLimitMb: usage.max_storage_usage,
      databaseMb: usage.total_database_usage ?? null,
      databaseLimitMb: usage.max_database_usage,
    },
    apps,
    domains:
      domains?.map(({ domain, status, primary, redirect_to_primary: redirectsToPrimary }) => ({
        domain,
        status,
        primary,
        redirectsToPrimary,
      })) ?? null,
    config: config && shownConfig(config, secretConfigKeys),
    backups,
    openJobs: jobs?.jobs.filter(({ status }) => OPEN.includes(status)) ?? null,
    operations,
    missing,
  };
}
