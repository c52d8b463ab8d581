import type { Place } from '../../domain/moves.js';
import {
  type Account,
  type CallOptions,
  getSite,
  listSites,
  type Site,
} from '../../frappe-cloud/index.js';

/** A site, and where it stands. */
export interface Placed {
  readonly site: Site;
  readonly place: Place;
}

/** Reads it; null when the site is not one of this team. The region is told by lists only (A 2.4). */
export async function readPlace(
  { press }: Account,
  name: string,
  options?: CallOptions,
): Promise<Placed | null> {
  const [found, [row]] = await Promise.all([
    getSite(press, { site: name }, options),
    listSites(press, { names: [name] }, options),
  ]);
  if (found.found !== 'own') return null;
  const { group, server } = found.site;
  return { site: found.site, place: { group, server, cluster: row?.cluster ?? null } };
}

/** In what a place is not as wanted; each in words. */
export const differencesOf = (is: Place, wanted: Place): readonly string[] =>
  (['group', 'server', 'cluster'] as const).flatMap((part) =>
    wanted[part] === null || is[part] === wanted[part]
      ? []
      : [`its ${part} is ${is[part] ?? 'unknown'}, not ${wanted[part]}`],
  );
