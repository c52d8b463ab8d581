import { type CallContext, teamOf, userOf } from '../api/endpoint.js';
import { crash, missing, refuse } from '../http/errors.js';
import { type InsertedSite, insertSite } from '../sites/insert.js';
import type { NewSiteRequest } from './new-site.js';

/**
 * Path S of A 3.2: a site on a shared bench or on a named group. The server neither checks that
 * the group is the caller's or public, nor that it has the asked version (observed N2, N3).
 */
export function newSiteOnGroup(context: CallContext, request: NewSiteRequest): InsertedSite {
  const { world } = context;
  const domain = request.domain ?? world.state.rootDomains[0] ?? '';
  if (!world.state.rootDomains.includes(domain)) {
    throw refuse(
      'The site does not have a root domain set. Please <b>setup a root domain</b> for the site.',
    );
  }
  if (request.group === undefined) throw crash('KeyError', "'group'");
  const group = world.state.groups[request.group];
  const hasBench = Object.values(world.state.benches).some(
    (bench) => bench.group === group?.name && bench.status === 'Active',
  );
  if (group === undefined || !hasBench) throw crash('IndexError', 'pop from empty list');
  checkPlanAllowed(context, request.plan);
  checkTeamCanPay(context);
  return insertSite(world, {
    subdomain: request.name,
    domain,
    group,
    cluster: request.cluster,
    apps: request.apps,
    plan: request.plan,
    team: teamOf(context).name,
    user: userOf(context).user,
  });
}

function checkPlanAllowed({ world }: CallContext, name: string): void {
  const plan = world.state.plans[name];
  if (plan === undefined) throw missing('Plan', name);
  if (plan.dedicated || plan.priceUsd === 0) throw refuse('You are not allowed to use this plan');
}

/** `team.can_create_site` (A 3.2). */
export function checkTeamCanPay(context: CallContext): void {
  if (teamOf(context).payment) return;
  throw refuse('You cannot create a new site without setting a valid payment method.');
}
