import type { SiteRow, SubscriptionRow } from '../world/model.js';
import type { World } from '../world/world.js';

export function addSubscription(
  world: World,
  site: SiteRow,
  owner: string,
  app: string | null,
  plan: string,
): SubscriptionRow {
  const row: SubscriptionRow = {
    ...world.newRow(owner),
    site: site.name,
    team: site.team,
    app,
    plan,
    enabled: true,
  };
  world.state.subscriptions[row.name] = row;
  return row;
}

export function subscriptionsOf(world: World, site: string): SubscriptionRow[] {
  return Object.values(world.state.subscriptions).filter((row) => row.site === site);
}

/** Switches the billing of the site itself. */
export function setSiteBilling(world: World, site: SiteRow, enabled: boolean): void {
  for (const row of subscriptionsOf(world, site.name)) if (row.app === null) row.enabled = enabled;
}

/** Switches off everything: an archive request stops apps too, and `activate` does not restart them. */
export function stopAllBilling(world: World, site: SiteRow): void {
  for (const row of subscriptionsOf(world, site.name)) row.enabled = false;
}
