import { type CallContext, teamOf, userOf } from '../api/endpoint.js';
import { crash, refuse } from '../http/errors.js';
import { readSource } from '../restores/source.js';
import { insertSite } from '../sites/insert.js';
import type { Json } from '../types.js';
import type { BenchRow, GroupRow } from '../world/catalogue.js';
import type { NewSiteRequest } from './new-site.js';
import { orderSite } from './private-bench.js';
import { checkTeamCanPay, refuseAppPlans, rootDomain } from './shared-bench.js';

interface Place {
  group: GroupRow;
  bench: BenchRow;
}

/**
 * A site on a dedicated server: on a bench that is there and fits (path D1 of A 3.2), else together
 * with a new one (path D2).
 */
export function newSiteOnServer(
  context: CallContext,
  request: NewSiteRequest,
  server: string,
): Json {
  checkServer(context, server);
  const place = findBench(context, request, server);
  if (place === null) return { site_group_deploy: orderSite(context, request, server) };
  return newSiteOnBench(context, request, place);
}

function checkServer(context: CallContext, name: string): void {
  const server = context.world.state.servers[name];
  if (server === undefined) throw refuse(`Server ${name} not found`);
  if (server.team !== teamOf(context).name) {
    throw refuse("You don't have permission to deploy on this server");
  }
}

function findBench(context: CallContext, request: NewSiteRequest, server: string): Place | null {
  const { benches, groups } = context.world.state;
  const team = teamOf(context).name;
  for (const bench of Object.values(benches)) {
    const group = groups[bench.group];
    const isOurs = bench.server === server && bench.status === 'Active' && bench.team === team;
    if (!isOurs || group?.version !== request.version) continue;
    if (request.apps.every((app) => bench.apps.includes(app))) return { group, bench };
  }
  return null;
}

function newSiteOnBench(
  context: CallContext,
  request: NewSiteRequest,
  { group, bench }: Place,
): Json {
  const { world } = context;
  refuseAppPlans(request);
  const domain = rootDomain(context, request);
  if (!(request.plan in world.state.plans)) {
    throw crash('AttributeError', "'NoneType' object has no attribute 'is_trial_plan'");
  }
  checkTeamCanPay(context);
  if (request.cluster !== bench.cluster) {
    throw refuse(`No active bench available for group ${group.name} on server ${bench.server}.`);
  }
  const { site, job } = insertSite(world, {
    subdomain: request.name,
    domain,
    group,
    bench,
    cluster: request.cluster,
    apps: request.apps,
    plan: request.plan,
    team: teamOf(context).name,
    user: userOf(context).user,
    source: readSource(world, request.files, request.skipFailingPatches),
  });
  return { site: site.name, job: job.name };
}
