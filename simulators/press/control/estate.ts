import type { Estate } from '../estate-types.js';
import { groupStatus } from '../benches/status.js';
import { readBackups, readUpdates } from './estate-data.js';
import { iso } from '../world/time.js';
import type { World } from '../world/world.js';

/** The whole remote estate in plain words, including what the API would not show. */
export function readEstate(world: World): Estate {
  const { state } = world;
  return {
    now: iso(world.now()),
    sites: Object.values(state.sites).map((site) => ({
      name: site.name,
      status: site.status,
      team: site.team,
      group: site.group,
      bench: site.bench,
      plan: site.plan,
      apps: [...site.apps],
      hostName: site.hostName,
      config: Object.fromEntries(site.config.map(({ key, value }) => [key, value])),
      tags: site.tags.map(({ tag }) => tag),
      creationFailed: site.creationFailed !== null,
      archiveFailed: site.archiveFailed,
      fatalUpdate: site.fatalUpdate,
      data: { ...site.disk.marks },
      directory: site.disk.bench,
      halfMigrated: site.disk.halfMigrated,
      maintenance: site.disk.maintenance,
    })),
    groups: Object.values(state.groups).map((group) => ({
      name: group.name,
      title: group.title,
      version: group.version,
      team: group.team,
      public: group.public,
      enabled: group.enabled,
      status: groupStatus(world, group),
      apps: [...group.apps],
      sources: { ...group.sources },
      tags: group.tags.map(({ tag }) => tag),
    })),
    ...readDeploys(world),
    benches: Object.values(state.benches).map(({ name, group, server, cluster, status }) => ({
      name,
      group,
      server,
      cluster,
      status,
    })),
    jobs: Object.values(state.jobs).map((job) => ({
      name: job.name,
      jobType: job.jobType,
      status: job.status,
      site: job.site,
      bench: job.bench,
      steps: job.steps.map(({ stepName, status }) => ({ name: stepName, status })),
    })),
    domains: Object.values(state.domains).map((row) => ({
      domain: row.domain,
      site: row.site,
      status: row.status,
      redirects: row.redirectToPrimary,
    })),
    ...readBackups(world),
    ...readUpdates(world),
    transfers: state.transfers.map(({ site, fromTeam, toTeam, key, done }) => ({
      site,
      from: fromTeam,
      to: toTeam,
      key,
      done,
    })),
    subscriptions: Object.values(state.subscriptions).map((row) => ({
      name: row.name,
      site: row.site,
      team: row.team,
      app: row.app,
      plan: row.plan,
      enabled: row.enabled,
    })),
  };
}

/** The ways of orders and images to benches. */
function readDeploys({
  state,
}: World): Pick<Estate, 'servers' | 'orders' | 'builds' | 'pipelines' | 'queue'> {
  return {
    servers: Object.values(state.servers).map((server) => ({
      name: server.name,
      team: server.team,
      cluster: server.cluster,
      public: server.public,
    })),
    orders: Object.values(state.orders).map((order) => ({
      name: order.name,
      subdomain: order.subdomain,
      status: order.status,
      group: order.group,
      bench: order.bench,
      site: order.site,
    })),
    builds: Object.values(state.builds).map((build) => ({
      name: build.name,
      group: build.group,
      candidate: build.candidate,
      status: build.status,
      retryCount: build.retryCount,
    })),
    pipelines: Object.values(state.pipelines).map(({ name, group, status, candidate }) => ({
      name,
      group,
      status,
      candidate,
    })),
    queue: Object.values(state.queue).map(({ name, group, server, status }) => ({
      name,
      group,
      server,
      status,
    })),
  };
}
