import { type CallContext, teamOf, userOf } from '../api/endpoint.js';
import { activeBenches } from '../benches/status.js';
import { crash, missing, refuse } from '../http/errors.js';
import { readSource } from '../restores/source.js';
import { type InsertedSite, insertSite } from '../sites/insert.js';
import type { NewSiteRequest } from './new-site.js';

/**
 * Path S of A 3.2: a site on a shared bench or on a named group. The server neither checks that
 * the group is the caller's or public, nor that it has the asked version (observed N2, N3).
 */
export function newSiteOnGroup(context: CallContext, request: NewSiteRequest): InsertedSite {
  const { world } = context;
  refuseAppPlans(request);
  const domain = rootDomain(context, request);
  if (request.group === undefined) throw crash('KeyError', "'group'");
  const group = world.state.groups[request.group];
  const hasBench = group !== undefined && activeBenches(world, group.name).length > 0;
  if (!hasBench) throw crash('IndexError', 'pop from empty list');
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
    source: readSource(world, request.files, request.skipFailingPatches),
  });
}

/** Any chosen app plan fails at once (observed C8). */
export function refuseAppPlans({ hasAppPlans }: NewSiteRequest): void {
  if (hasAppPlans)
    throw crash('OperationalError', `(1054, "Unknown column 'is_free' in 'SELECT'")`);
}

export function rootDomain({ world }: CallContext, request: NewSiteRequest): string {
  const domain = request.domain ?? world.state.rootDomains[0] ?? '';
  if (world.state.rootDomains.includes(domain)) return domain;
  throw refuse(
    'The site does not have a root domain set. Please <b>setup a root domain</b> for the site.',
  );
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
