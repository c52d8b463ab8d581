import type { ActiveSites, ActiveSitesArgs } from '../../domain/fleet-backups.js';
import { activeSiteNames, type CallOptions } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';

/** What one run of a round works off: 50 backups are about 1,000 events of its history. */
const PAGE = 50;

/** The next sites of a round of backups; only Active ones serve their files. */
export async function listActiveSites(
  { accounts }: ActivityDeps,
  { account, after }: ActiveSitesArgs,
  options: CallOptions,
): Promise<ActiveSites> {
  const sites = await activeSiteNames(accounts.get(account).press, { after, limit: PAGE }, options);
  return { sites, more: sites.length === PAGE };
}
