import { type CallContext, teamOf, userOf } from '../api/endpoint.js';
import { crash, refuse } from '../http/errors.js';
import { isObject, text } from '../json.js';
import { insertSite } from '../sites/insert.js';
import type { Json } from '../types.js';
import { checkTeamCanPay } from './shared-bench.js';

/**
 * `client.insert` of a Site: the fast path onto a group of one's own (A 3.10). Keys that are not
 * insert fields are dropped; an unknown plan is a crash here, not a 404.
 *
 * @returns the site's name.
 */
export function newSiteFromDocument(context: CallContext, doc: Record<string, Json>): string {
  const { world } = context;
  const domain = doc.domain === undefined ? (world.state.rootDomains[0] ?? '') : text(doc.domain);
  const cluster = text(doc.cluster);
  const group = world.state.groups[text(doc.group)];
  if (cluster === '' || group === undefined || !world.state.rootDomains.includes(domain)) {
    throw refuse('Domain, cluster and group are mandatory to create a site.');
  }
  const plan = text(doc.subscription_plan);
  if (!(plan in world.state.plans)) {
    throw crash('AttributeError', "'NoneType' object has no attribute 'is_trial_plan'");
  }
  checkTeamCanPay(context);
  const apps = Array.isArray(doc.apps) ? doc.apps : [];
  const { site } = insertSite(world, {
    subdomain: text(doc.subdomain),
    domain,
    group,
    cluster,
    apps: apps.map((row) => (isObject(row) ? text(row.app) : '')),
    plan,
    appPlans: isObject(doc.app_plans) ? planNames(doc.app_plans) : {},
    team: teamOf(context).name,
    user: userOf(context).user,
  });
  return site.name;
}

/** `app_plans` maps an app to its plan, given by name or as a row with a name. */
function planNames(appPlans: Record<string, Json>): Record<string, string> {
  const name = (plan: Json): string => text(isObject(plan) ? plan.name : plan);
  return Object.fromEntries(Object.entries(appPlans).map(([app, plan]) => [app, name(plan)]));
}
