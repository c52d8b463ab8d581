import { createHash } from 'node:crypto';
import { crash } from '../http/errors.js';
import { subscriptionsOf } from '../sites/subscriptions.js';
import type { AppRow, GroupRow } from '../world/catalogue.js';
import type { SiteRow } from '../world/model.js';
import { FRAPPE_TEAM, sourceName } from '../world/seed-catalogue.js';
import type { World } from '../world/world.js';
import type { Columns } from './doctype.js';

export function versionNumber(world: World, group: GroupRow | undefined): number {
  return world.state.versions.find(({ name }) => name === group?.version)?.number ?? 0;
}

/** An App Source of a group, as look-ups show it. */
export function appSource(world: World, app: string, version: number): Columns {
  const row = world.state.apps[app];
  const owner = row?.repositoryOwner ?? 'frappe';
  return {
    name: sourceName(app, version),
    app,
    repository_url: `https://github.com/${owner}/${app}`,
    repository: app,
    repository_owner: owner,
    branch: `version-${version}`,
    team: FRAPPE_TEAM,
    public: 1,
    app_title: row?.title ?? app,
    frappe: Number(app === 'frappe'),
  };
}

/** The release of an app for a version; each later revision of a group has another. */
export function release(
  app: string,
  version: number,
  revision = 0,
): { name: string; hash: string } {
  const suffix = revision === 0 ? '' : `-${revision}`;
  const hash = createHash('sha1').update(`${app}-${version}${suffix}`).digest('hex');
  return { name: hash.slice(0, 10), hash };
}

/** Which releases a bench runs. */
export function revisionOf({ state }: World, bench: string): number {
  return state.candidates[state.benches[bench]?.candidate ?? '']?.revision ?? 0;
}

/** A marketplace page's data. */
export function marketplaceEntry(app: AppRow): Columns {
  return {
    title: app.title,
    image: null,
    description: app.description,
    app: app.app,
    route: `marketplace/apps/${app.app}`,
  };
}

export function appPlans(app: AppRow | undefined): Columns[] {
  return (app?.plans ?? []).map((plan) => ({
    name: plan.name,
    title: plan.title,
    enabled: 1,
    price_inr: plan.priceInr,
    price_usd: plan.priceUsd,
    features: plan.features,
  }));
}

/**
 * `installed_apps` (C 4.1).
 *
 * @throws 500 for a site with a paid app, as on the measured server (observed-2 6.4).
 */
export function installedApps(world: World, site: SiteRow): Columns[] {
  const priceOf = (name: string): number =>
    Object.values(world.state.apps)
      .flatMap(({ plans }) => plans)
      .find((plan) => plan.name === name)?.priceUsd ?? 0;
  const hasPaidApp = subscriptionsOf(world, site.name).some(
    (row) => row.app !== null && row.enabled && priceOf(row.plan) > 0,
  );
  if (hasPaidApp) throw crash('OperationalError', `(1054, "Unknown column 'plan' in 'SELECT'")`);
  return site.apps.map((app) => installedApp(world, site, app));
}

function installedApp(world: World, site: SiteRow, app: string): Columns {
  const version = versionNumber(world, world.state.groups[site.group]);
  const source = omit(appSource(world, app, version), ['frappe']);
  const isFrappe = app === 'frappe';
  return {
    ...source,
    title: isFrappe ? null : (source.app_title ?? null),
    collect_feedback: isFrappe ? null : 0,
    hash: release(app, version, revisionOf(world, site.bench)).hash,
    commit_message: 'Release',
    subscription_available: (world.state.apps[app]?.plans.length ?? 0) > 0,
    billing_type: 'postpaid',
    subscription: {},
  };
}

/** A row of `available_apps` (C 4.2). */
export function availableApp(world: World, site: SiteRow, app: string): Columns {
  const version = versionNumber(world, world.state.groups[site.group]);
  const source = omit(appSource(world, app, version), ['frappe', 'repository']);
  const plans = appPlans(world.state.apps[app]);
  return {
    ...source,
    title: source.app_title ?? null,
    billing_type: 'postpaid',
    ...(plans.length > 0 ? { has_plans_available: true, plans } : {}),
  };
}

export function omit(columns: Columns, names: readonly string[]): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name)));
}
