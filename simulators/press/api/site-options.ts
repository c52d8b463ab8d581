import { appPlans, appSource, marketplaceEntry, versionNumber } from '../documents/app-views.js';
import { activeBenches } from '../benches/status.js';
import type { Columns } from '../documents/doctype.js';
import { planOffer } from '../documents/plan-views.js';
import { refuse } from '../http/errors.js';
import { text } from '../json.js';
import type { BenchRow, GroupRow } from '../world/catalogue.js';
import { sourceName } from '../world/seed-catalogue.js';
import type { World } from '../world/world.js';
import { checkExistsRate } from './exists-rate.js';
import { type CallContext, type Endpoints, teamOf } from './endpoint.js';

/** Look-ups before a site is made (A 3.1). */
export const siteOptionEndpoints: Endpoints = {
  /** True means taken; 10 calls per minute and address (A 6). */
  'press.api.site.exists': {
    guest: true,
    requires: ['subdomain', 'domain'],
    run({ world, address }, params) {
      checkExistsRate(world, address);
      const name = `${text(params.subdomain)}.${text(params.domain)}`;
      return name in world.state.sites || name in world.state.domains;
    },
  },
  'press.api.site.get_domain': { run: ({ world }) => world.state.rootDomains[0] ?? null },
  'press.api.site.get_site_plans': {
    run: ({ world }) =>
      Object.values(world.state.plans)
        .sort((a, b) => a.priceUsd - b.priceUsd)
        .map(planOffer),
  },
  'press.api.site.options_for_new': {
    run(context, params) {
      const { world } = context;
      checkForServer(context, text(params.for_server));
      const bench = text(params.for_bench);
      const groups = Object.values(world.state.groups).filter((group) =>
        bench === '' ? group.public : group.name === bench,
      );
      const forBench = bench === '' ? undefined : groups[0];
      return {
        versions: versionOptions(world, groups, forBench !== undefined),
        domain: world.state.rootDomains[0] ?? null,
        closest_cluster: world.state.clusters[0]?.name ?? null,
        cluster_specific_root_domains: [],
        ...appDetails(world, forBench),
        providers: [{ name: 'AWS EC2', title: 'AWS EC2', image: '/aws.png' }],
        additional_clusters: [],
        dedicated_server_config: forBench === undefined ? dedicatedServers(context) : [],
      };
    },
  },
  'press.api.site.get_new_site_options': {
    run: ({ world }) => ({
      versions: world.state.versions.map((version) => {
        const group = Object.values(world.state.groups).find(
          (row) => row.public && row.version === version.name,
        );
        return { ...versionHead(version), ...(group && { group: olderGroup(world, group) }) };
      }),
      marketplace_apps: Object.fromEntries(
        Object.values(world.state.apps)
          .filter(({ app, marketplace }) => marketplace && app !== 'frappe')
          .map((app) => [app.app, marketplaceEntry(app)]),
      ),
    }),
  },
};

const NO_DEDICATED_SERVER = { case: 'no_dedicated_server', dedicated_servers: [] };

function checkForServer(context: CallContext, name: string): void {
  if (name === '' || context.world.state.servers[name]?.team === teamOf(context).name) return;
  throw refuse(`Server ${name} not found`);
}

/** The team's own servers, beside which it may choose the shared ones (observed, options-for-new). */
function dedicatedServers(context: CallContext): Columns {
  const own = Object.values(context.world.state.servers).filter(
    (server) => server.team === teamOf(context).name,
  );
  if (own.length === 0) return NO_DEDICATED_SERVER;
  return {
    case: own.length === 1 ? 'user_choice_single' : 'user_choice_multiple',
    dedicated_servers: own.map(({ name, title, cluster, provider }) => ({
      name,
      title,
      cluster,
      provider,
      plan: null,
      public: 0,
      price_usd: 0,
    })),
  };
}

type Version = World['state']['versions'][number];

const versionHead = (version: Version): Columns => ({
  name: version.name,
  default: Number(version.default),
  status: version.status,
  number: version.number,
});

function versionOptions(world: World, groups: GroupRow[], forBench: boolean): Columns[] {
  return groups.flatMap((group) => {
    const version = world.state.versions.find(({ name }) => name === group.version);
    const benches = activeBenches(world, group.name);
    if (version === undefined || benches[0] === undefined) return [];
    return [
      {
        ...versionHead(version),
        group: {
          name: group.name,
          default: Number(group.default),
          title: group.title,
          public: Number(group.public),
          ...(forBench ? { dedicated_server_config: NO_DEDICATED_SERVER } : {}),
          bench: benches[0].name,
          bench_app_sources: appsBesidesFrappe(group).map((app) => sourceName(app, version.number)),
          clusters: clustersOf(benches).map((cluster) => clusterOption(world, cluster, true)),
        },
      },
    ];
  });
}

const clustersOf = (benches: readonly BenchRow[]): string[] => [
  ...new Set(benches.map(({ cluster }) => cluster)),
];

const appsBesidesFrappe = (group: GroupRow): string[] =>
  group.apps.filter((app) => app !== 'frappe');

function clusterOption(world: World, name: string, withProvider: boolean): Columns {
  const cluster = world.state.clusters.find((row) => row.name === name);
  return {
    name,
    title: cluster?.title ?? name,
    image: cluster?.image ?? null,
    beta: 0,
    ...(withProvider ? { cloud_provider: cluster?.provider ?? 'Generic' } : {}),
  };
}

/** Details are an object for one bench, and empty otherwise (observed, options-for-new). */
function appDetails(world: World, group: GroupRow | undefined): Columns {
  if (group === undefined) return { marketplace_details: null, app_source_details: [] };
  const number = versionNumber(world, group);
  const apps = appsBesidesFrappe(group);
  return {
    marketplace_details: Object.fromEntries(
      apps.flatMap((app) => {
        const row = world.state.apps[app];
        if (row === undefined) return [];
        const plans = appPlans(row);
        const subscription = { subscription_type: plans.length > 0 ? 'Paid' : 'Free', plans };
        return [[app, { ...marketplaceEntry(row), ...subscription, total_installs: 0 }]];
      }),
    ),
    app_source_details: Object.fromEntries(
      apps.map((app) => [sourceName(app, number), appSource(world, app, number)]),
    ),
  };
}

function olderGroup(world: World, group: GroupRow): Columns {
  const number = versionNumber(world, group);
  return {
    name: group.name,
    default: Number(group.default),
    title: group.title,
    apps: group.apps.map((app) => appSource(world, app, number)),
    clusters: clustersOf(activeBenches(world, group.name)).map((cluster) =>
      clusterOption(world, cluster, false),
    ),
  };
}
