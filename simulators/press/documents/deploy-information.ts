import {
  deployedBench,
  hasRunningPipeline,
  isUnfinished,
  newestBuild,
  sitesOfGroup,
} from '../benches/status.js';
import { releaseOn, releasesOf, sourceOf } from '../benches/releases.js';
import type { BenchRow, GroupRow } from '../world/catalogue.js';
import type { ReleaseRow, SourceRow } from '../world/sources.js';
import type { World } from '../world/world.js';
import { omit, sourceColumns } from './app-views.js';
import { type Columns, flag } from './doctype.js';

/**
 * `deploy_information` of a Release Group (C 3.2). It counts a bench as deployed as soon as its row
 * is there, and `deploy_in_progress` is false from the end of the build on.
 */
export function deployInformation(world: World, group: GroupRow): Columns {
  const bench = deployedBench(world, group.name);
  const build = newestBuild(world, group.name);
  const apps = group.apps.map((app) => appInformation(world, group, app, bench));
  const hasPipeline = hasRunningPipeline(world, group.name);
  const removed = (bench?.apps ?? []).filter((app) => !group.apps.includes(app));
  return {
    update_available: removed.length > 0 || apps.some((app) => app.update_available === true),
    apps,
    last_deploy:
      build === undefined
        ? null
        : { name: build.name, status: build.status, creation: world.local(build.creation) },
    deploy_in_progress: build !== undefined && isUnfinished(build),
    has_running_release_pipeline: hasPipeline,
    can_run_patch_build: false,
    // Looked at only while a pipeline runs (C 3.2).
    bench_creation_underway:
      hasPipeline && (bench?.status === 'Pending' || bench?.status === 'Installing'),
    removed_apps: removed.map((app) => ({ name: app, title: world.state.apps[app]?.title ?? app })),
    number_of_apps: group.apps.length,
    sites: sitesOfGroup(world, group.name).map(({ name, server, bench: place }) => ({
      name,
      server,
      bench: place,
      skip_failing_patches: false,
      skip_backups: false,
    })),
  };
}

/** What is deployed of an app, and what could be. */
function appInformation(
  world: World,
  group: GroupRow,
  app: string,
  bench: BenchRow | undefined,
): Columns {
  const source = sourceOf(world, group, app);
  const deployed = bench && releaseOn(world, bench, app);
  const newer = newerReleases(world, source, deployed);
  const columns = sourceColumns(world, app, source);
  const current = world.state.sources[deployed?.source ?? ''];
  return {
    title: columns.app_title ?? app,
    app,
    name: app,
    source: source?.name ?? '',
    repository: columns.repository ?? app,
    repository_owner: columns.repository_owner ?? null,
    repository_url: columns.repository_url ?? null,
    branch: columns.branch ?? null,
    current_hash: deployed?.hash ?? null,
    current_tag: null,
    current_release: deployed?.name ?? null,
    releases: newer.map((row) => releaseRow(world, row, source)),
    next_release: (newer[0] ?? deployed)?.name ?? null,
    will_branch_change: current !== undefined && current.branch !== source?.branch,
    current_branch: (current ?? source)?.branch ?? null,
    update_available: newer.length > 0 ? true : null,
  };
}

/** Those after the one that is deployed, the newest first; all of another source. */
function newerReleases(
  world: World,
  source: SourceRow | undefined,
  deployed: ReleaseRow | undefined,
): ReleaseRow[] {
  const isNewer = (row: ReleaseRow): boolean =>
    deployed?.source !== row.source || row.creation > deployed.creation;
  return releasesOf(world, source?.name ?? '')
    .filter(isNewer)
    .reverse();
}

const releaseRow = (world: World, row: ReleaseRow, source: SourceRow | undefined): Columns => ({
  name: row.name,
  source: row.source,
  public: flag(source?.public === true),
  status: 'Approved',
  hash: row.hash,
  message: row.message,
  creation: world.local(row.creation),
  is_yanked: flag(row.yanked),
  tag: null,
});

/** The rows of `press.api.bench.apps` (D 1.5). */
export function appsOfGroup(world: World, group: GroupRow): Columns[] {
  const bench = deployedBench(world, group.name);
  return group.apps.map((app) => {
    const row = sourceOf(world, group, app);
    const deployed = bench && releaseOn(world, bench, app);
    const { app_title: title = app, ...source } = sourceColumns(world, app, row);
    return {
      ...omit(source, ['app', 'team', 'public']),
      name: app,
      frappe: flag(app === 'frappe'),
      title,
      tag: null,
      hash: deployed?.hash ?? null,
      deployed: deployed !== undefined,
      update_available: newerReleases(world, row, deployed).length > 0,
      last_github_poll_failed: 0,
    };
  });
}
