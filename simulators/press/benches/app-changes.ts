import { missingLink, PressError, refuse } from '../http/errors.js';
import type { GroupRow } from '../world/catalogue.js';
import type { World } from '../world/world.js';
import {
  type Branch,
  createSource,
  findSource,
  sourceForVersion,
  versionsOfBranch,
} from './app-sources.js';
import { checkApps } from './groups.js';
import { sourceOf } from './releases.js';

export interface NewApp {
  app: string;
  source: string;
}

/** Adds apps to a group, all or none; nothing is built (D 1.5). @throws 417 */
export function addApps(
  world: World,
  group: GroupRow,
  user: string,
  added: readonly NewApp[],
): void {
  const apps = [...group.apps, ...added.map(({ app }) => app)];
  checkAdded(world, added, group.apps);
  group.apps = apps;
  for (const { app, source } of added) {
    group.sources[app] = source;
    world.effect('group.add_app', group.name, app);
  }
  world.touch(group, user);
}

/**
 * That apps and sources exist; to whom they belong and for which version is not asked (D 1.5).
 *
 * @param before the apps that are there already.
 * @throws 417
 */
export function checkAdded(
  world: World,
  added: readonly NewApp[],
  before: readonly string[] = [],
): void {
  for (const [index, { app, source }] of added.entries()) {
    const row = `Row #${before.length + index + 1}`;
    if (!(app in world.state.apps)) throw missingLink(`Could not find ${row}: App: ${app}`);
    if (source === '' || source in world.state.sources) continue;
    throw missingLink(`Could not find ${row}: Source: ${source}`);
  }
  checkApps([...before, ...added.map(({ app }) => app)]);
  if (added.some(({ source }) => source === '')) {
    throw new PressError('MandatoryError', 'Value missing for Release Group App: Source');
  }
}

/** An app of the team's own, by its repository (D 1.5). */
export interface CustomApp extends Branch {
  app: string;
  title: string;
  /** Swaps the source of an app that is there already. */
  isUpdate: boolean;
}

/** @throws 417, or 500 VersioningError when the branch is not for the group's version */
export function addCustomApp(world: World, group: GroupRow, user: string, custom: CustomApp): void {
  const { app, title, isUpdate } = custom;
  const isThere = group.apps.includes(app);
  if (isThere && !isUpdate) throw refuse(`App ${app} can be added only once`);
  const source = sourceForVersion(world, app, custom, { group, user });
  world.state.apps[app] ??= {
    app,
    title,
    repositoryOwner: custom.owner,
    description: title,
    marketplace: false,
    plans: [],
  };
  if (!isThere) group.apps.push(app);
  group.sources[app] = source.name;
  world.touch(group, user);
  world.effect(isThere ? 'group.change_source' : 'group.add_app', group.name, app);
}

/** Also of an app that is not there. @throws 417 for frappe */
export function removeApp(world: World, group: GroupRow, user: string, app: string): void {
  const apps = group.apps.filter((name) => name !== app);
  checkApps(apps);
  if (apps.length < group.apps.length) world.effect('group.remove_app', group.name, app);
  group.apps = apps;
  Reflect.deleteProperty(group.sources, app);
  world.touch(group, user);
}

/** Puts an app on another branch of its repository; the next deploy takes it (D 1.5). @throws 417 */
export function changeBranch(
  world: World,
  group: GroupRow,
  user: string,
  { app, branch }: { app: string; branch: string },
): void {
  const source = sourceOf(world, group, app);
  if (source === undefined) {
    throw refuse(
      "This app isn't part of the bench group. Please add the app to the bench group before " +
        'trying this again.',
    );
  }
  if (source.branch === branch) throw refuse(`App already on branch ${branch}!`);
  const place = { owner: source.repositoryOwner, repository: source.repository, branch };
  const versions = versionsOfBranch(world, place);
  if (versions?.includes(group.version) !== true) throw wrongBranch(world, group, place, versions);
  const { team } = group;
  const next =
    findSource(world, app, place, team) ??
    createSource(world, app, place, { team, user, versions });
  group.sources[app] = next.name;
  world.touch(group, user);
  world.effect('group.change_branch', group.name, `${app}:${branch}`);
}

function wrongBranch(
  world: World,
  { version }: GroupRow,
  { repository, branch }: Branch,
  versions: readonly string[] | null,
) {
  if (repository !== 'frappe') {
    return refuse(
      `${repository}:${branch} branch is no longer compatible with bench of ${version}`,
    );
  }
  const other = world.state.versions.find(({ name }) => name === versions?.[0]);
  if (other === undefined) {
    return refuse(`We couldn't read frappe/__init__.py from branch ${branch}. Please check it.`);
  }
  return refuse(
    `Branch ${branch} is Frappe version ${other.number}, which doesn't match this bench's ` +
      `version ${version}.`,
  );
}
