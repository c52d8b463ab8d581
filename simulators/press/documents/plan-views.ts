import type { PlanRow } from '../world/catalogue.js';
import { PROVIDERS } from '../world/seed-catalogue.js';
import type { World } from '../world/world.js';
import { baseColumns, type Columns, flag } from './doctype.js';

const DAYS_PER_MONTH = 30;
const perDay = (price: number): number => Math.round((price / DAYS_PER_MONTH) * 100) / 100;

/** A Site Plan as part of the Site document. */
export function planOfSite(world: World, plan: PlanRow): Columns {
  return {
    doctype: 'Site Plan',
    ...baseColumns(world, plan),
    plan_title: plan.title,
    plan_description: null,
    document_type: 'Site',
    document_name: null,
    price_inr: plan.priceInr,
    price_usd: plan.priceUsd,
    period: null,
    ...limits(plan),
    is_trial_plan: 0,
    restrict_based_on_dedicated_server_plan: 0,
    minimum_server_price_usd: 0,
    price_per_day_inr: perDay(plan.priceInr),
    price_per_day_usd: perDay(plan.priceUsd),
  };
}

/** A row of `get_site_plans`. */
export function planOffer(plan: PlanRow): Columns {
  return {
    name: plan.name,
    plan_title: plan.title,
    plan_description: null,
    price_usd: plan.priceUsd,
    price_inr: plan.priceInr,
    ...limits(plan),
    dedicated_server_plan: flag(plan.dedicated),
    is_trial_plan: 0,
    allow_downgrading_from_other_plan: 1,
    private_bench_support: flag(plan.privateBench),
    restrict_based_on_dedicated_server_plan: 0,
    minimum_server_price_usd: 0,
    cloud_providers: [...PROVIDERS],
    clusters: plan.clusters,
    allowed_apps: plan.allowedApps,
    bench_versions: [],
    restricted_plan: false,
  };
}

/** The whole document, as `current_plan` shows it. */
export function wholePlan(world: World, plan: PlanRow): Columns {
  return {
    ...baseColumns(world, plan),
    enabled: 1,
    document_type: 'Site',
    plan_title: plan.title,
    interval: 'Daily',
    price_inr: plan.priceInr,
    price_usd: plan.priceUsd,
    allow_downgrading_from_other_plan: 1,
    legacy_plan: 0,
    ...limits(plan),
    is_trial_plan: 0,
    dedicated_server_plan: flag(plan.dedicated),
    is_frappe_plan: 0,
    private_bench_support: flag(plan.privateBench),
    restrict_based_on_dedicated_server_plan: 0,
    minimum_server_price_usd: 0,
    vcpu: 0,
    memory: 0,
    disk: 0,
    doctype: 'Site Plan',
    cloud_providers: [],
    roles: [],
    release_groups: [],
    allowed_apps: plan.allowedApps.map((app) => ({ app, parent: plan.name })),
  };
}

function limits(plan: PlanRow): Columns {
  return {
    cpu_time_per_day: plan.cpuPerDay,
    max_database_usage: plan.maxDatabaseMb,
    max_storage_usage: plan.maxStorageMb,
    database_access: flag(plan.priceUsd >= 50),
    support_included: flag(plan.support),
    private_benches: 1,
    monitor_access: flag(plan.priceUsd >= 50),
    offsite_backups: 1,
  };
}
