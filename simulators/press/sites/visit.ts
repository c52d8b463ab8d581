import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { type Answer, htmlAnswer, jsonAnswer } from '../http/envelope.js';
import type { PressRequest } from '../http/request.js';
import { hasSession } from './sessions.js';

const SITE_CONTENT = 'Sorry! We will be back soon.';

/** What the name in a `Host` header leads to: a site, or a name under our root domain. */
export interface Visited {
  host: string;
  site: SiteRow | null;
}

/** @returns null when the host names no site and is none of our names: the request is for Press. */
export function siteNamedBy(world: World, header: string | undefined): Visited | null {
  const host = (header ?? '').replace(/:\d+$/, '').toLowerCase();
  const domain = world.state.domains[host];
  const site = world.state.sites[domain?.site ?? host] ?? null;
  if (site !== null && (domain === undefined || domain.status === 'Active')) return { host, site };
  const isOurs = world.state.rootDomains.some((root) => host.endsWith(`.${root}`));
  return isOurs || domain !== undefined ? { host, site: null } : null;
}

/** Whether the web server of a site answers. */
export function isUp(site: SiteRow): boolean {
  const { maintenance, marks } = site.disk;
  const answers = site.onServer && site.responsive && !maintenance && marks.database !== null;
  return site.routed && answers && site.status === 'Active';
}

/** A visit to a hosted site, as a probe or a browser makes it. */
export function visitSite(
  world: World,
  { host, site }: Visited,
  { path, query }: Pick<PressRequest, 'path' | 'query'>,
): Answer {
  if (site === null || !site.routed) return htmlAnswer(404, `${host} does not exist`);
  if (!isUp(site)) return htmlAnswer(503, SITE_CONTENT);
  if (path === '/api/method/ping') return jsonAnswer(200, { message: 'pong' });
  if (path === '/app' && !hasSession(world, site, query.sid ?? '')) {
    return htmlAnswer(301, 'Login', { Location: '/login' });
  }
  return htmlAnswer(200, world.state.groups[site.group]?.version ?? host);
}
