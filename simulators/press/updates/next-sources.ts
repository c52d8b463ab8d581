import { sourceForVersion, versionsOfBranch } from '../benches/app-sources.js';
import { sourceOf } from '../benches/releases.js';
import { refuse } from '../http/errors.js';
import type { SiteRow } from '../world/model.js';
import type { SourceRow } from '../world/sources.js';
import type { World } from '../world/world.js';

/** The branch a caller wants for an app of its own; of an app of the platform it is ignored. */
export interface WantedSource {
  app: string;
  branch: string;
  repositoryUrl: string;
}

type Version = World['state']['versions'][number];

/** Whether the platform itself must have a source for the next version (C 1.3). */
export const isPlatformApp = (source: SourceRow): boolean =>
  source.public || source.repositoryOwner === 'frappe';

/** The platform's source of an app for a version. */
export function publicSource(
  { state }: World,
  app: string,
  version: string,
): SourceRow | undefined {
  return Object.values(state.sources).find(
    (row) => row.app === app && row.public && row.enabled && row.versions.includes(version),
  );
}

/**
 * App Sources of the next version: of every app of the site's group that has one, and of those of its
 * own that were asked for (C 1.4).
 *
 * @throws 417, or 500 VersioningError for a branch of another version
 */
export function nextSources(
  world: World,
  site: SiteRow,
  next: Version,
  { wanted, ...by }: { user: string; team: string; wanted: readonly WantedSource[] },
): Record<string, string> {
  const group = world.state.groups[site.group];
  if (group === undefined || group.apps.length === 0) {
    throw refuse('No apps found in current bench group. Please add apps to the bench group.');
  }
  const found: Record<string, string> = {};
  for (const app of group.apps) {
    const source = sourceOf(world, group, app);
    if (source === undefined) throw refuse(`Invalid source for ${app}`);
    const isOnSite = site.apps.includes(app);
    const chosen = isPlatformApp(source)
      ? platformSource(world, app, next, isOnSite)
      : ownSource(world, source, next, { ...by, isOnSite, wanted });
    if (chosen !== undefined) found[app] = chosen.name;
  }
  return found;
}

function platformSource(
  world: World,
  app: string,
  next: Version,
  isOnSite: boolean,
): SourceRow | undefined {
  const source = publicSource(world, app, next.name);
  if (source !== undefined || !isOnSite) return source;
  throw refuse(
    `No compatible source for app ${app} for ${next.name}. Please reach out to support.frappe.io`,
  );
}

interface OwnApp {
  user: string;
  team: string;
  isOnSite: boolean;
  wanted: readonly WantedSource[];
}

/** Only branch and app are read; the repository is that of the present source (C 1.4). */
function ownSource(
  world: World,
  source: SourceRow,
  next: Version,
  { user, team, isOnSite, wanted }: OwnApp,
): SourceRow | undefined {
  const { app, repositoryOwner: owner, repository } = source;
  const entry = wanted.find((row) => row.app === app);
  if (entry === undefined && !isOnSite) return undefined;
  if (entry === undefined) throw refuse(`Custom app source not provided for ${app}`);
  if (entry.branch === '') throw refuse(`Branch not provided for ${app}`);
  if (entry.repositoryUrl === '') throw refuse(`Repository URL not provided for ${app}`);
  const place = { owner, repository, branch: entry.branch };
  if (versionsOfBranch(world, place) === null) {
    throw refuse(`Could not fetch branch (${entry.branch}) info for repo ${owner}/${repository}`);
  }
  return sourceForVersion(world, app, place, { group: { version: next.name, team }, user });
}
