import { releaseOn } from '../benches/releases.js';
import type { BenchRow } from '../world/catalogue.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { hasUpdate, newerBench } from '../updates/destination.js';
import { updatesOf } from '../updates/create.js';
import { sourceColumns } from './app-views.js';
import { baseColumns, type Columns } from './doctype.js';

export const hasScheduledUpdate = (world: World, site: SiteRow): boolean =>
  updatesOf(world, site).some(({ status }) => status === 'Scheduled');

/** `check_for_updates`, and part of the Site document (C 2.2). */
export function updateInformation(world: World, site: SiteRow): Columns {
  const next = newerBench(world, site);
  if (next === undefined) return { update_available: hasUpdate(world, site) };
  const source = world.state.benches[site.bench];
  return {
    update_available: true,
    apps: next.apps.map((app) => appUpdate(world, app, [source, next])),
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

/** @param benches the one the site is on, and the next. */
function appUpdate(
  world: World,
  app: string,
  benches: readonly [BenchRow | undefined, BenchRow],
): Columns {
  const [current, next] = benches.map((bench) => bench && releaseOn(world, bench, app));
  const [source, nextSource] = [current, next].map(
    (release) => world.state.sources[release?.source ?? ''],
  );
  const columns = sourceColumns(world, app, nextSource);
  return {
    title: columns.app_title ?? app,
    app,
    repository: columns.repository ?? app,
    repository_owner: columns.repository_owner ?? null,
    repository_url: columns.repository_url ?? null,
    branch: columns.branch ?? null,
    current_hash: current?.hash ?? null,
    current_tag: null,
    next_hash: next?.hash ?? null,
    next_tag: null,
    will_branch_change: source?.branch !== nextSource?.branch,
    current_branch: source?.branch ?? null,
    update_available: current?.hash !== next?.hash,
  };
}
