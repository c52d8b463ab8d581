import { proxyServer } from '../sites/servers.js';
import type { BenchRow } from '../world/catalogue.js';
import type { SiteRow } from '../world/model.js';
import { naive } from '../world/time.js';
import type { World } from '../world/world.js';
import { type Columns, flag } from './doctype.js';

/** A row of `press.api.bench.versions`: a bench and its sites (D 6.1). `deployed_on` is UTC. */
export function benchWithSites(world: World, bench: BenchRow): Columns {
  const isGone = new Set(['Archived', 'Suspended']);
  const version = world.state.groups[bench.group]?.version ?? null;
  const deployedOn = Object.values(world.state.jobs).find(
    (job) => job.bench === bench.name && job.jobType === 'New Bench',
  )?.end;
  return {
    name: bench.name,
    status: bench.status,
    is_ssh_proxy_setup: flag(bench.sshProxy),
    proxy_server: proxyServer(world.state.rootDomains[0] ?? ''),
    sites: Object.values(world.state.sites)
      .filter((site) => site.bench === bench.name && !isGone.has(site.status))
      .map((site) => siteOfBench(world, site, version)),
    version,
    deployed_on: deployedOn === undefined || deployedOn === null ? null : naive(deployedOn, 0),
  };
}

function siteOfBench(world: World, site: SiteRow, version: string | null): Columns {
  const plan = world.state.plans[site.plan];
  const cluster = world.state.clusters.find(({ name }) => name === site.cluster);
  return {
    name: site.name,
    status: site.status,
    cluster: site.cluster,
    plan: {
      name: site.plan,
      plan_title: plan?.title ?? null,
      price_inr: plan?.priceInr ?? null,
      price_usd: plan?.priceUsd ?? null,
    },
    creation: world.local(site.creation),
    bench: site.bench,
    version,
    server_region_info: {
      name: site.cluster,
      title: cluster?.title ?? site.cluster,
      image: cluster?.image ?? null,
    },
    tags: site.tags.map(({ tag }) => tag),
  };
}
