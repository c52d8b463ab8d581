import { availableApp, installedApps } from '../documents/app-views.js';
import { configView } from '../documents/config-view.js';
import { siteSummary, siteRowOfTeam } from '../documents/site-summary.js';
import { wholePlan } from '../documents/plan-views.js';
import { crash } from '../http/errors.js';
import { isObject, text } from '../json.js';
import { checkDns, normaliseDomain } from '../sites/dns.js';
import { domainsOf } from '../sites/domains.js';
import { type Endpoints, siteOf, teamOf } from './endpoint.js';

/** Reads of one's own sites (A 3.1, C 4, C 5). */
export const siteReadEndpoints: Endpoints = {
  'press.api.site.get': {
    guard: 'Site',
    run: (context, params) => siteSummary(context.world, siteOf(context, params)),
  },
  /** Never shows archived sites; a filter without both keys is a crash (A 3.1). */
  'press.api.site.all': {
    run(context, params) {
      const filter = params.site_filter ?? { status: '', tag: '' };
      if (!isObject(filter)) throw crash('TypeError', 'string indices must be integers');
      for (const key of ['status', 'tag']) {
        if (filter[key] === undefined) throw crash('KeyError', `'${key}'`);
      }
      const team = teamOf(context).name;
      return Object.values(context.world.state.sites)
        .filter((site) => site.team === team && site.status !== 'Archived')
        .filter((site) => filter.status === '' || site.status === filter.status)
        .filter((site) => filter.tag === '' || site.tags.some(({ tag }) => tag === filter.tag))
        .map((site) => siteRowOfTeam(context.world, site));
    },
  },
  /** No ownership check; `Create` is renamed (A 4.4). */
  'press.api.site.activities': {
    requires: ['filters'],
    run({ world }, params) {
      const site = isObject(params.filters) ? params.filters.site : undefined;
      const start = Number(params.limit_start ?? 0);
      const length = Number(params.limit_page_length ?? 20);
      return world.state.activities
        .filter((row) => row.site === site)
        .reverse()
        .slice(start, start + length)
        .map((row) => ({
          action: row.action === 'Create' ? 'Site Created' : row.action,
          reason: row.reason,
          creation: world.local(row.creation),
          owner: row.owner,
        }));
    },
  },
  'press.api.site.site_config': {
    guard: 'Site',
    run(context, params) {
      const site = siteOf(context, params);
      return configView(context.world, site, site.config, false);
    },
  },
  'press.api.site.domains': {
    guard: 'Site',
    run(context, params) {
      const site = siteOf(context, params);
      return domainsOf(context.world, site)
        .sort((a, b) => b.modified - a.modified)
        .sort((a, b) => Number(b.domain === site.hostName) - Number(a.domain === site.hostName))
        .map((row) => ({
          name: row.name,
          domain: row.domain,
          status: row.status,
          retry_count: row.retryCount,
          redirect_to_primary: Number(row.redirectToPrimary),
          ...(row.domain === site.hostName ? { primary: true } : {}),
        }));
    },
  },
  /** The owning site of any team, or nothing (C 5.6). */
  'press.api.site.domain_exists': {
    requires: ['domain'],
    run: ({ world }, params) => world.state.domains[text(params.domain)]?.site,
  },
  'press.api.site.check_dns': {
    guard: 'Site',
    requires: ['name', 'domain'],
    run(context, params) {
      const domain = normaliseDomain(text(params.domain));
      return checkDns(context.world, siteOf(context, params), domain).view;
    },
  },
  'press.api.site.installed_apps': {
    guard: 'Site',
    run(context, params) {
      return installedApps(context.world, siteOf(context, params));
    },
  },
  'press.api.site.available_apps': {
    guard: 'Site',
    run(context, params) {
      const { world } = context;
      const site = siteOf(context, params);
      const onBench = world.state.benches[site.bench]?.apps ?? [];
      return onBench
        .filter((app) => !site.apps.includes(app))
        .map((app) => availableApp(world, site, app));
    },
  },
  'press.api.site.current_plan': {
    guard: 'Site',
    run(context, params) {
      const plan = context.world.state.plans[siteOf(context, params).plan];
      return {
        current_plan: plan === undefined ? null : wholePlan(context.world, plan),
        total_cpu_usage_hours: 0,
        hours_until_reset: 12,
        max_database_usage: plan?.maxDatabaseMb ?? null,
        max_storage_usage: plan?.maxStorageMb ?? null,
        total_database_usage: 0,
        total_storage_usage: 0,
        database_access: 0,
        monitor_access: 0,
        usage_in_percent: { cpu: 0, disk: 0, database: 0 },
      };
    },
  },
};
