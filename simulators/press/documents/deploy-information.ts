import { deployedApps, isUnfinished, newestBuild, sitesOfGroup } from '../benches/status.js';
import type { GroupRow } from '../world/catalogue.js';
import { sourceName } from '../world/seed-catalogue.js';
import type { World } from '../world/world.js';
import { appSource, omit, release, versionNumber } from './app-views.js';
import { type Columns, flag } from './doctype.js';

/**
 * `deploy_information` of a Release Group (C 3.2). It counts a bench as deployed as soon as its row
 * is there, and `deploy_in_progress` is false from the end of the build on.
 */
export function deployInformation(world: World, group: GroupRow): Columns {
  const version = versionNumber(world, group);
  const deployed = deployedApps(world, group.name);
  const build = newestBuild(world, group.name);
  const apps = group.apps.map((app) =>
    appInformation(world, group, { app, version, isDeployed: deployed.includes(app) }),
  );
  return {
    update_available: apps.some((app) => app.update_available === true),
    apps,
    last_deploy:
      build === undefined
        ? null
        : { name: build.name, status: build.status, creation: world.local(build.creation) },
    deploy_in_progress: build !== undefined && isUnfinished(build),
    has_running_release_pipeline: false,
    can_run_patch_build: false,
    bench_creation_underway: false,
    removed_apps: deployed
      .filter((app) => !group.apps.includes(app))
      .map((app) => ({ name: app, title: world.state.apps[app]?.title ?? app })),
    number_of_apps: group.apps.length,
    sites: sitesOfGroup(world, group.name).map(({ name, server, bench }) => ({
      name,
      server,
      bench,
      skip_failing_patches: false,
      skip_backups: false,
    })),
  };
}

interface AppOfGroup {
  app: string;
  version: number;
  isDeployed: boolean;
}

function appInformation(world: World, group: GroupRow, of: AppOfGroup): Columns {
  const { app, version, isDeployed } = of;
  const source = appSource(world, app, version);
  const { name, hash } = release(app, version);
  const branch = source.branch ?? null;
  return {
    title: source.app_title ?? app,
    app,
    name: app,
    source: sourceName(app, version),
    repository: source.repository ?? app,
    repository_owner: source.repository_owner ?? null,
    repository_url: source.repository_url ?? null,
    branch,
    current_hash: isDeployed ? hash : null,
    current_tag: null,
    current_release: isDeployed ? name : null,
    releases: isDeployed ? [] : [releaseRow(world, group, of)],
    next_release: name,
    will_branch_change: false,
    current_branch: branch,
    update_available: isDeployed ? null : true,
  };
}

function releaseRow(world: World, group: GroupRow, { app, version }: AppOfGroup): Columns {
  const { name, hash } = release(app, version);
  return {
    name,
    source: sourceName(app, version),
    public: 0,
    status: 'Approved',
    hash,
    message: 'Release',
    creation: world.local(group.creation),
    is_yanked: 0,
    tag: null,
  };
}

/** The rows of `press.api.bench.apps` (D 1.5). */
export function appsOfGroup(world: World, group: GroupRow): Columns[] {
  const version = versionNumber(world, group);
  const deployed = deployedApps(world, group.name);
  return group.apps.map((app) => {
    const isDeployed = deployed.includes(app);
    const { app_title: title = app, ...source } = appSource(world, app, version);
    return {
      ...omit(source, ['app', 'team', 'public']),
      name: app,
      frappe: flag(app === 'frappe'),
      title,
      tag: null,
      hash: isDeployed ? release(app, version).hash : null,
      deployed: isDeployed,
      update_available: !isDeployed,
      last_github_poll_failed: 0,
    };
  });
}
