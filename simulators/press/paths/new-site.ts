import { type CallContext, type Params } from '../api/endpoint.js';
import { isObject, text } from '../json.js';
import { crash, refuse } from '../http/errors.js';
import type { Json } from '../types.js';
import { newSiteOnPrivateBench } from './private-bench.js';
import { newSiteOnGroup } from './shared-bench.js';

/** The parameter `site` of `press.api.site.new`, read as the server reads it. */
export interface NewSiteRequest {
  name: string;
  apps: string[];
  plan: string;
  cluster: string | null;
  group: string | undefined;
  domain: string | undefined;
  /** A dedicated server (paths D1, D2): this world has none. */
  server: string | undefined;
}

/** `press.api.site.new`: chooses the path by the plan (A 3.2). */
export function newSite(context: CallContext, params: Params): Json {
  const request = readRequest(params.site);
  if (request.server !== undefined) throw refuse(`Server ${request.server} not found`);
  if (context.world.state.plans[request.plan]?.privateBench === true) {
    return newSiteOnPrivateBench(context, request);
  }
  const { site, job } = newSiteOnGroup(context, request);
  return { site: site.name, job: job.name };
}

function readRequest(site: Json | undefined): NewSiteRequest {
  if (!isObject(site)) {
    throw crash('AttributeError', "'str' object has no attribute 'get'");
  }
  for (const key of ['plan', 'apps', 'name']) {
    if (site[key] === undefined) throw crash('KeyError', `'${key}'`);
  }
  if (isObject(site.selected_app_plans) && Object.keys(site.selected_app_plans).length > 0) {
    throw crash('OperationalError', `(1054, "Unknown column 'is_free' in 'SELECT'")`);
  }
  const optional = (value: Json | undefined): string | undefined =>
    value === undefined || value === null ? undefined : text(value);
  return {
    name: text(site.name),
    apps: Array.isArray(site.apps) ? site.apps.map(text) : [],
    plan: text(site.plan),
    cluster: optional(site.cluster) ?? null,
    group: optional(site.group),
    domain: optional(site.domain),
    server: optional(site.server),
  };
}
