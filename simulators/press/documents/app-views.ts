import { releaseOn, sourceOf } from '../benches/releases.js';
import { crash } from '../http/errors.js';
import { subscriptionsOf } from '../sites/subscriptions.js';
import type { AppRow, GroupRow } from '../world/catalogue.js';
import type { SiteRow } from '../world/model.js';
import { FRAPPE_TEAM, sourceName } from '../world/seed-catalogue.js';
import type { SourceRow } from '../world/sources.js';
import type { World } from '../world/world.js';
import { type Columns, flag } from './doctype.js';

export function versionNumber(world: World, group: GroupRow | undefined): number {
  return world.state.versions.find(({ name }) => name === group?.version)?.number ?? 0;
}

/** The platform's own source of an app for a version, as look-ups show it. */
export const appSource = (world: World, app: string, version: number): Columns =>
  sourceColumns(world, app, world.state.sources[sourceName(app, version)]);

/** An App Source as look-ups show it. */
export function sourceColumns(world: World, app: string, source: SourceRow | undefined): Columns {
  const owner = source?.repositoryOwner ?? 'frappe';
  const repository = source?.repository ?? app;
  return {
    name: source?.name ?? '',
    app,
    repository_url: `https://github.com/${owner}/${repository}`,
    repository,
    repository_owner: owner,
    branch: source?.branch ?? '',
    team: source?.team ?? FRAPPE_TEAM,
    public: flag(source?.public ?? true),
    app_title: world.state.apps[app]?.title ?? app,
    frappe: flag(app === 'frappe'),
  };
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
  const bench = world.state.benches[site.bench];
  const release = bench && releaseOn(world, bench, app);
  const row = world.state.sources[release?.source ?? ''];
  const source = omit(sourceColumns(world, app, row), ['frappe']);
  const isFrappe = app === 'frappe';
  return {
    ...source,
    title: isFrappe ? null : (source.app_title ?? null),
    collect_feedback: isFrappe ? null : 0,
    hash: release?.hash ?? null,
    commit_message: 'Release',
    subscription_available: (world.state.apps[app]?.plans.length ?? 0) > 0,
    billing_type: 'postpaid',
    subscription: {},
  };
}

/** A row of `available_apps` (C 4.2). */
export function availableApp(world: World, site: SiteRow, app: string): Columns {
  const group = world.state.groups[site.group];
  const row = group && sourceOf(world, group, app);
  const source = omit(sourceColumns(world, app, row), ['frappe', 'repository']);
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
