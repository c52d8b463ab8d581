import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { hasUpdate, newerBench } from '../updates/destination.js';
import { updatesOf } from '../updates/create.js';
import { appSource, release, revisionOf, versionNumber } from './app-views.js';
import { baseColumns, type Columns } from './doctype.js';

export const hasScheduledUpdate = (world: World, site: SiteRow): boolean =>
  updatesOf(world, site).some(({ status }) => status === 'Scheduled');

/** `check_for_updates`, and part of the Site document (C 2.2). */
export function updateInformation(world: World, site: SiteRow): Columns {
  const next = newerBench(world, site);
  if (next === undefined) return { update_available: hasUpdate(world, site) };
  const version = versionNumber(world, world.state.groups[site.group]);
  const revisions = [revisionOf(world, site.bench), revisionOf(world, next.name)] as const;
  return {
    update_available: true,
    apps: next.apps.map((app) => appUpdate(world, { app, version, revisions })),
    installed_apps: site.apps.map((app, index) => ({
      ...baseColumns(world, site),
      name: `${site.name}-${app}`,
      idx: index + 1,
      app,
      parent: site.name,
      parentfield: 'apps',
      parenttype: 'Site',
      doctype: 'Site App',
    })),
  };
}

interface AppOfBenches {
  app: string;
  version: number;
  /** Of the bench it is on, and of the next. */
  revisions: readonly [number, number];
}

function appUpdate(world: World, { app, version, revisions }: AppOfBenches): Columns {
  const source = appSource(world, app, version);
  const [current, next] = revisions.map((revision) => release(app, version, revision).hash);
  const branch = source.branch ?? null;
  return {
    title: source.app_title ?? app,
    app,
    repository: source.repository ?? app,
    repository_owner: source.repository_owner ?? null,
    repository_url: source.repository_url ?? null,
    branch,
    current_hash: current ?? null,
    current_tag: null,
    next_hash: next ?? null,
    next_tag: null,
    will_branch_change: false,
    current_branch: branch,
    update_available: current !== next,
  };
}
