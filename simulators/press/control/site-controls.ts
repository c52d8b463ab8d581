import { activeBenches } from '../benches/status.js';
import { addSubscription } from '../sites/subscriptions.js';
import { putSite } from '../sites/insert.js';
import type { StandingSites } from '../types.js';
import { ACCOUNTS, DEFAULT_DOMAIN } from '../world/seed.js';
import type { World } from '../world/world.js';

/** What one may arrange about whole estates. */
export interface SiteControls {
  /** Sites that have stood for long: Active, without jobs and past. @returns their names. */
  addSites: (sites: StandingSites) => string[];
  /** Press gives up watching a site, as it does with one that was away for long, or watches it again. */
  setMonitored: (site: string, monitored: boolean) => void;
}

export function createSiteControls(world: World): SiteControls {
  return {
    addSites({ count, prefix, group: groupName, plan, team = ACCOUNTS.main.team }) {
      const group = world.state.groups[groupName];
      const [bench] = group === undefined ? [] : activeBenches(world, group.name);
      if (group === undefined || bench === undefined) throw new Error(`no bench in ${groupName}`);
      const user = ACCOUNTS.main.user;
      const digits = String(count).length;
      const names = Array.from({ length: count }, (_, index) => {
        const subdomain = `${prefix}-${String(index + 1).padStart(digits, '0')}`;
        const place = { subdomain, domain: DEFAULT_DOMAIN, group, apps: group.apps, team, user };
        const site = putSite(world, place, bench, plan);
        Object.assign(site, { status: 'Active', onServer: true, routed: true });
        addSubscription(world, site, user, null, plan);
        return site.name;
      });
      world.onChange();
      return names;
    },
    setMonitored(name, monitored) {
      const site = world.state.sites[name];
      if (site === undefined) throw new Error(`no site ${name}`);
      site.unmonitored = !monitored;
      world.onChange();
    },
  };
}
