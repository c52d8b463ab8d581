import { isObject, text, truthy } from '../json.js';
import type { Json } from '../types.js';
import type { GroupRow } from '../world/catalogue.js';
import type { CandidateRow, SiteOfDeploy } from '../world/deploys.js';
import type { World } from '../world/world.js';
import { newestRelease, releaseOn } from './releases.js';
import { deployedBench } from './status.js';

/** What a caller wants deployed. */
export interface Choice {
  releases: Record<string, string>;
  /** Apps it named without a release: refused, but not at once (C 3.3). */
  unchosen: string[];
}

/** The apps of a call are those to change; the others stay as they are deployed (C 3.3). */
export function readChoice(world: World, group: GroupRow, apps: Json | undefined): Choice {
  const bench = deployedBench(world, group.name);
  const releases: Record<string, string> = {};
  for (const app of group.apps) {
    const deployed = bench && releaseOn(world, bench, app);
    releases[app] = (deployed ?? newestRelease(world, group.sources[app] ?? ''))?.name ?? '';
  }
  const named = (Array.isArray(apps) ? apps : []).filter(isObject);
  for (const { app, release } of named) {
    if (text(release) !== '') releases[text(app)] = text(release);
  }
  const isUnchosen = (entry: Record<string, Json>): boolean =>
    text(entry.release) === '' || text(entry.hash) === '';
  return { releases, unchosen: named.filter(isUnchosen).map(({ app }) => text(app)) };
}

export function readSites(sites: Json | undefined): SiteOfDeploy[] {
  return (Array.isArray(sites) ? sites : []).filter(isObject).map((entry) => ({
    site: text(entry.name),
    server: text(entry.server),
    bench: text(entry.bench),
    skipBackups: truthy(entry.skip_backups),
    skipFailingPatches: truthy(entry.skip_failing_patches),
    status: 'Pending',
  }));
}

/** A failed deploy once more: what it took, of the apps the group has now (C 3.8). */
export function sameReleases(
  world: World,
  group: GroupRow,
  candidate: CandidateRow,
): Record<string, string> {
  return Object.fromEntries(
    group.apps.map((app) => {
      const source = group.sources[app] ?? '';
      const before = world.state.releases[candidate.releases[app] ?? ''];
      const release = before?.source === source ? before : newestRelease(world, source);
      return [app, release?.name ?? ''];
    }),
  );
}
