import { type CallContext, teamOf, userOf } from '../api/endpoint.js';
import { startDeploy } from '../benches/builds.js';
import { createGroup, groupsTitled, publicServer } from '../benches/groups.js';
import { missingLink, refuse } from '../http/errors.js';
import type { OrderRow } from '../world/deploys.js';
import { PROVIDERS } from '../world/seed-catalogue.js';
import type { NewSiteRequest } from './new-site.js';
import { checkTeamCanPay } from './shared-bench.js';

/**
 * Paths P and D2 of A 3.2: orders a site together with a group, a build and a bench of its own. The
 * form of the subdomain and the limits of the plan are not looked at before the bench is there;
 * domain, group and app plans are ignored.
 *
 * @param server a dedicated server (D2); without it one of the platform's.
 * @returns the name of the Site Group Deploy.
 */
export function orderSite(context: CallContext, request: NewSiteRequest, server?: string): string {
  const { world } = context;
  checkSources(context, request);
  checkTeamCanPay(context);
  checkLinks(context, request);
  checkNameIsFree(context, request.name);
  const place = server ?? publicServer(world, request).name;
  const [team, user] = [teamOf(context).name, userOf(context).user];
  const order: OrderRow = {
    ...world.newRow(user),
    team,
    status: 'Pending',
    subdomain: request.name,
    plan: request.plan,
    apps: request.apps,
    group: '',
    bench: null,
    site: null,
  };
  const { version, apps } = request;
  const group = createGroup(world, {
    title: request.name,
    version,
    apps,
    server: place,
    team,
    user,
  });
  order.group = group.name;
  order.status = 'Deploying Bench';
  world.state.orders[order.name] = order;
  world.touch(order, user);
  world.effect('sgd.create', order.subdomain);
  startDeploy(world, group, user);
  return order.name;
}

function checkSources({ world }: CallContext, { apps, version }: NewSiteRequest): void {
  const hasVersion = world.state.versions.some(({ name }) => name === version);
  const absent = apps.find((app) => !hasVersion || !(app in world.state.apps));
  if (absent !== undefined) {
    throw refuse(`Source not found for app ${absent}. Please verify for a valid app source.`);
  }
}

function checkLinks({ world }: CallContext, { cluster, provider, plan }: NewSiteRequest): void {
  const { clusters, plans } = world.state;
  if (cluster !== null && !clusters.some(({ name }) => name === cluster)) {
    throw missingLink(`Could not find Cluster: ${cluster}`);
  }
  if (provider !== undefined && !PROVIDERS.includes(provider)) {
    throw missingLink(`Could not find Provider: ${provider}`);
  }
  if (!(plan in plans)) throw missingLink(`Could not find Site Plan: ${plan}`);
}

/** Titles of *all* teams' groups count, deleted ones too; no lock is taken (A 3.2, A 7). */
function checkNameIsFree({ world, checkedAt }: CallContext, subdomain: string): void {
  if (groupsTitled(world, subdomain, checkedAt).length > 0) {
    throw refuse(`Release Group with title ${subdomain} already exists`);
  }
  const isTaken = Object.values(world.state.sites).some(
    (site) =>
      site.subdomain === subdomain && site.status !== 'Archived' && site.creation <= checkedAt,
  );
  if (isTaken) throw refuse(`Site with subdomain ${subdomain} already exists`);
}
