import {
  type Account,
  type AccountCheck,
  checkAccount,
  getSite,
  getSitePlans,
  installedApps,
  listSiteActions,
  listSiteUpdates,
  type Site,
  type SiteAction,
  type SiteUpdate,
  upgradeStanding,
  type UpgradeStanding,
} from '../../frappe-cloud/index.js';
import { Refused } from '../errors.js';

/** What a preflight reads of a site that is to get other code. */
export interface SiteReading {
  readonly self: AccountCheck;
  readonly site: Site;
  /** Empty when Press cannot list them (observed-2 6.4). */
  readonly apps: readonly string[];
  /** The newest first. */
  readonly updates: readonly SiteUpdate[];
  /** Moves to other benches, servers or regions that wait or run. */
  readonly moves: readonly SiteAction[];
  readonly standing: UpgradeStanding;
  /** Of its plan, per month; null when Press does not say. */
  readonly priceUsd: number | null;
  /** Whether its plan includes benches of its own; null when Press does not say. */
  readonly privateBenches: boolean | null;
}

/**
 * Reads all of it side by side.
 *
 * @throws Refused when the site is not one of this team
 */
export async function readSite(account: Account, name: string): Promise<SiteReading> {
  const { press } = account;
  const found = await getSite(press, { site: name });
  if (found.found !== 'own') {
    const redirects = found.found === 'none' ? found.redirectsTo : null;
    const hint = redirects === null ? '' : `; it is a domain of ${redirects}`;
    throw new Refused(
      found.found === 'none'
        ? `there is no site ${name}${hint}`
        : `${name} belongs to another team than ${account.team}`,
    );
  }
  const { site } = found;
  const [self, apps, updates, moves, standing, plans] = await Promise.all([
    checkAccount(account),
    installedApps(press, { site: name }),
    listSiteUpdates(press, { site: name }),
    listSiteActions(press, { site: name, statuses: ['Scheduled', 'Running'] }),
    upgradeStanding(press, { site: name }),
    getSitePlans(press),
  ]);
  const plan = plans.find(({ name }) => name === site.plan);
  return {
    self,
    site,
    apps: apps ?? [],
    updates,
    moves,
    standing,
    priceUsd: plan?.price_usd ?? null,
    privateBenches: plan?.private_benches ?? null,
  };
}
