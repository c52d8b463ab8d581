import { type CallContext, type Params } from '../api/endpoint.js';
import { isObject, text, truthy } from '../json.js';
import { crash } from '../http/errors.js';
import type { Json } from '../types.js';
import { newSiteOnServer } from './dedicated-server.js';
import { orderSite } from './private-bench.js';
import { newSiteOnGroup } from './shared-bench.js';

/** The parameter `site` of `press.api.site.new`, read as the server reads it. */
export interface NewSiteRequest {
  name: string;
  apps: string[];
  plan: string;
  version: string;
  cluster: string | null;
  provider: string | undefined;
  group: string | undefined;
  domain: string | undefined;
  /** A dedicated server: paths D1 and D2. */
  server: string | undefined;
  /** Plans of paid apps: any entry is a crash on path S (observed C8), ignored on P and D2. */
  hasAppPlans: boolean;
  /** Remote Files of a backup, for paths S and D1. */
  files: Json | undefined;
  skipFailingPatches: boolean;
}

/** `press.api.site.new`: chooses the path by server and plan (A 3.2). */
export function newSite(context: CallContext, params: Params): Json {
  const request = readRequest(params.site);
  if (request.server !== undefined) return newSiteOnServer(context, request, request.server);
  if (context.world.state.plans[request.plan]?.privateBench === true) {
    return { site_group_deploy: orderSite(context, request) };
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
  const optional = (value: Json | undefined): string | undefined =>
    value === undefined || value === null ? undefined : text(value);
  return {
    name: text(site.name),
    apps: Array.isArray(site.apps) ? site.apps.map(text) : [],
    plan: text(site.plan),
    version: text(site.version),
    cluster: optional(site.cluster) ?? null,
    provider: optional(site.provider),
    group: optional(site.group),
    domain: optional(site.domain),
    server: optional(site.server),
    hasAppPlans:
      isObject(site.selected_app_plans) && Object.keys(site.selected_app_plans).length > 0,
    files: site.files,
    skipFailingPatches: truthy(site.skip_failing_patches),
  };
}
