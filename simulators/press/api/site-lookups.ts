import { activeBenches } from '../benches/status.js';
import { appPlans, marketplaceEntry } from '../documents/app-views.js';
import type { Columns, DocMethod } from '../documents/doctype.js';
import { missing } from '../http/errors.js';
import { text } from '../json.js';
import { KNOWN_TYPES } from '../sites/config.js';
import type { World } from '../world/world.js';
import { type CallContext, type Endpoints, teamOf } from './endpoint.js';

/** What a form about sites offers (A 3.1, C 4.5, C 5.4). */
export const siteLookupEndpoints: Endpoints = {
  'press.api.site.site_tags': {
    run: (context) => [
      ...new Set(ownSites(context).flatMap(({ tags }) => tags.map(({ tag }) => tag))),
    ],
  },
  'press.api.site.app_details_for_new_public_site': {
    run: ({ world }) =>
      marketplaceApps(world).map((app) => ({
        ...marketplaceEntry(app),
        name: app.app,
        subscription_type: app.plans.length > 0 ? 'Freemium' : 'Free',
        localisation_apps: [],
        plans: appPlans(app),
        total_installs: 0,
      })),
  },
  /** Without internal keys, by title. */
  'press.api.site.get_site_config_standard_keys': {
    run: () =>
      Object.entries(KNOWN_TYPES)
        .map(([key, type]) => ({ name: key, key, title: titleOf(key), description: null, type }))
        .sort((a, b) => a.title.localeCompare(b.title)),
  },
  'press.api.marketplace.get_install_app_options': {
    requires: ['marketplace_app'],
    run(context, params) {
      const { world } = context;
      const app = world.state.apps[text(params.marketplace_app)];
      if (app === undefined) throw missing('Marketplace App', text(params.marketplace_app));
      const clusters = world.state.clusters.map(({ name }) => clusterEntry(name));
      return {
        plans: app.plans.some(({ priceUsd }) => priceUsd > 0) ? appPlans(app) : [],
        private_site_plan: 'USD 25',
        public_site_plan: 'USD 5',
        private_groups: Object.values(world.state.groups)
          .filter(({ public: isPublic, team }) => !isPublic && team === teamOf(context).name)
          .filter(
            ({ name, apps }) => apps.includes(app.app) && activeBenches(world, name).length > 0,
          )
          .map(({ name, title }) => ({ name, title, clusters })),
        clusters,
        closest_cluster: clusters[0]?.name ?? null,
        domain: world.state.rootDomains[0] ?? null,
      };
    },
  },
};

/** Nothing is ever measured here. */
export const usageMethods: Readonly<Record<string, DocMethod>> = {
  get_current_usage: {
    params: [],
    requires: [],
    mutates: false,
    run: () => ({ cpu: 0, storage: 0, database: 0, hours_until_cpu_usage_resets: 12 }),
  },
};

const ownSites = (context: CallContext) =>
  Object.values(context.world.state.sites).filter(({ team }) => team === teamOf(context).name);

const marketplaceApps = (world: World) =>
  Object.values(world.state.apps).filter(({ marketplace }) => marketplace);

const clusterEntry = (name: string): Columns & { name: string } => ({
  name,
  title: name,
  image: null,
  beta: 0,
});

const titleOf = (key: string): string =>
  key.replaceAll('_', ' ').replace(/^\w/, (first) => first.toUpperCase());
