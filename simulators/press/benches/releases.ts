import type { BenchRow, GroupRow } from '../world/catalogue.js';
import { sourceName } from '../world/seed-catalogue.js';
import { commitHash } from '../world/seed-sources.js';
import type { ReleaseRow, SourceRow } from '../world/sources.js';
import type { World } from '../world/world.js';

/** The App Source of an app of a group. */
export const sourceOf = ({ state }: World, group: GroupRow, app: string): SourceRow | undefined =>
  state.sources[group.sources[app] ?? ''];

/** The platform's own App Sources for apps of a version. */
export function standardSources(
  { state }: World,
  version: string,
  apps: readonly string[],
): Record<string, string> {
  const number = state.versions.find(({ name }) => name === version)?.number ?? 0;
  return Object.fromEntries(apps.map((app) => [app, sourceName(app, number)]));
}

/** The newest release of each app of a group. */
export const newestReleases = (
  world: World,
  { apps, sources }: Pick<GroupRow, 'apps' | 'sources'>,
): Record<string, string> =>
  Object.fromEntries(
    apps.map((app) => [app, newestRelease(world, sources[app] ?? '')?.name ?? '']),
  );

/** The oldest first; yanked ones are not offered. */
export function releasesOf({ state }: World, source: string): ReleaseRow[] {
  return Object.values(state.releases)
    .filter((row) => row.source === source && !row.yanked)
    .sort((a, b) => a.creation - b.creation);
}

export const newestRelease = (world: World, source: string): ReleaseRow | undefined =>
  releasesOf(world, source).at(-1);

/** What a bench runs of an app. */
export function releaseOn({ state }: World, bench: BenchRow, app: string): ReleaseRow | undefined {
  return state.releases[state.candidates[bench.candidate]?.releases[app] ?? ''];
}

/** The owner of a source pushes a commit, and Press hears of it. */
export function publishRelease(world: World, source: string, message = 'Release'): ReleaseRow {
  const earlier = Object.values(world.state.releases).filter((row) => row.source === source);
  const row: ReleaseRow = {
    ...world.newRow('Administrator'),
    source,
    hash: commitHash(`${source}-${earlier.length}`),
    message,
    yanked: false,
  };
  world.state.releases[row.name] = row;
  return row;
}
