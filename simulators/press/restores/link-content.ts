import { hasSession } from '../sites/sessions.js';
import { isUp, siteNamedBy } from '../sites/visit.js';
import type { World } from '../world/world.js';

/**
 * A Remote File may be a link to a file of a site, with a session of that site in it: good as long
 * as the site is up and the session lasts (B 6, way 3).
 */
export function contentOfLink(
  world: World,
  link: string,
): { mark: string; text: string | null } | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  const site = siteNamedBy(world, url?.host)?.site ?? null;
  if (url === null || site === null || !isUp(site)) return null;
  if (!hasSession(world, site, url.searchParams.get('sid') ?? '')) return null;
  const fileName = url.pathname.split('/').at(-1);
  const found = Object.values(world.state.backups)
    .filter((row) => row.site === site.name && row.onServerUntil > world.now())
    .flatMap((row) => Object.values(row.files))
    .find((file) => file.fileName === fileName);
  return found ?? null;
}
