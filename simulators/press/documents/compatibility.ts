import { sourceOf } from '../benches/releases.js';
import { refuse } from '../http/errors.js';
import { isPlatformApp, publicSource } from '../updates/next-sources.js';
import type { SiteRow } from '../world/model.js';
import type { SourceRow } from '../world/sources.js';
import type { World } from '../world/world.js';
import type { Columns } from './doctype.js';

/**
 * `check_app_compatibility_for_upgrade`: titles of what blocks, and the apps whose branch the caller
 * must choose (C 1.3). Its 200 may say no.
 *
 * @throws 417 for an app without a source
 */
export function compatibility(world: World, site: SiteRow, version: string): Columns {
  const group = world.state.groups[site.group];
  const sources = (group?.apps ?? []).map((app) => {
    const source = group && sourceOf(world, group, app);
    if (source?.enabled === true) return source;
    throw refuse(`Could not find a valid source for app ${app}.`);
  });
  const isOnSite = ({ app }: SourceRow): boolean => site.apps.includes(app);
  const incompatible = sources.filter(
    (source) =>
      isOnSite(source) &&
      isPlatformApp(source) &&
      publicSource(world, source.app, version) === undefined,
  );
  const own = incompatible.length > 0 ? [] : sources.filter((source) => !isPlatformApp(source));
  return {
    incompatible: incompatible.map(({ app }) => titleOf(world, app)),
    site_custom_apps: own.filter(isOnSite).map((source) => ownApp(world, source)),
    other_custom_apps_on_rg: own
      .filter((source) => !isOnSite(source))
      .map((source) => ownApp(world, source)),
    can_upgrade: incompatible.length === 0,
  };
}

const titleOf = ({ state }: World, app: string): string => state.apps[app]?.title ?? app;

const ownApp = (world: World, source: SourceRow): Columns => ({
  app: source.app,
  source: source.name,
  title: titleOf(world, source.app),
  repository: source.repository,
  repository_url: `https://github.com/${source.repositoryOwner}/${source.repository}`,
  repository_owner: source.repositoryOwner,
  branch: source.branch,
});
