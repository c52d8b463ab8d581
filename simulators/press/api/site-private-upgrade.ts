import { isObject, text, truthy } from '../json.js';
import type { Json } from '../types.js';
import type { WantedSource } from '../updates/next-sources.js';
import { upgradeToNewBench } from '../updates/private-upgrade.js';
import { type Endpoints, siteOf, teamOf, userOf } from './endpoint.js';

/** The upgrade that builds its own bench (C 1.4). */
export const sitePrivateUpgradeEndpoints: Endpoints = {
  'press.api.site.create_private_bench_for_site_upgrade': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'version', 'release_group_title'],
    run(context, params) {
      const { world, checkedAt } = context;
      return upgradeToNewBench(world, siteOf(context, params), {
        user: userOf(context).user,
        team: teamOf(context).name,
        version: text(params.version),
        title: text(params.release_group_title),
        customSources: wantedSources(params.custom_app_sources),
        scheduledTime: world.fromLocal(text(params.scheduled_time)),
        skipBackups: truthy(params.skip_backups),
        skipFailingPatches: truthy(params.skip_failing_patches),
        checkedAt,
      });
    },
  },
};

const wantedSources = (sources: Json | undefined): WantedSource[] =>
  (Array.isArray(sources) ? sources : []).filter(isObject).map((entry) => ({
    app: text(entry.app),
    branch: text(entry.branch),
    repositoryUrl: text(entry.repository_url),
  }));
