import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { type Answer, htmlAnswer, jsonAnswer } from '../http/envelope.js';

const SITE_CONTENT = 'Sorry! We will be back soon.';

/** What the name in a `Host` header leads to: a site, or a name under our root domain. */
interface Visited {
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

/** A visit to a hosted site, as a probe makes it. */
export function visitSite(world: World, { host, site }: Visited, path: string): Answer {
  if (site === null || !site.routed) return htmlAnswer(404, `${host} does not exist`);
  const isUp = site.onServer && site.responsive && site.status === 'Active';
  if (!isUp) return htmlAnswer(503, SITE_CONTENT);
  if (path === '/api/method/ping') return jsonAnswer(200, { message: 'pong' });
  return htmlAnswer(200, world.state.groups[site.group]?.version ?? host);
}
