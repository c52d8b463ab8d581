import type { Estate } from '../types.js';
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
    })),
    groups: Object.values(state.groups).map((group) => ({
      name: group.name,
      title: group.title,
      version: group.version,
      team: group.team,
      public: group.public,
      enabled: group.enabled,
    })),
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
    domains: Object.values(state.domains).map(({ domain, site, status }) => ({
      domain,
      site,
      status,
    })),
    subscriptions: Object.values(state.subscriptions).map(({ name, site, app, plan, enabled }) => ({
      name,
      site,
      app,
      plan,
      enabled,
    })),
  };
}
