import { failBuild, startDeploy } from '../benches/builds.js';
import {
  checkApps,
  createGroup,
  deleteGroup,
  groupsTitled,
  publicServer,
} from '../benches/groups.js';
import { isUnfinished } from '../benches/status.js';
import { crash, missing, missingLink, refuse } from '../http/errors.js';
import { isObject, text } from '../json.js';
import type { Json } from '../types.js';
import type { GroupRow } from '../world/catalogue.js';
import type { BuildRow } from '../world/deploys.js';
import type { World } from '../world/world.js';
import {
  type CallContext,
  type Endpoints,
  groupOf,
  type Params,
  teamOf,
  userOf,
} from './endpoint.js';

/** What one may do with groups of one's own (D 1, C 3.8). */
export const benchActEndpoints: Endpoints = {
  'press.api.bench.new': { mutates: true, requires: ['bench'], run: newGroup },
  /** All or nothing; the two values of each entry are read by position (D 1.5). */
  'press.api.bench.add_apps': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name', 'apps'],
    run(context, params) {
      const { world } = context;
      const group = groupOf(context, params);
      const apps = [...group.apps, ...addedApps(params.apps)];
      checkKnown(world, apps);
      checkApps(apps);
      for (const app of apps.slice(group.apps.length)) {
        world.effect('group.add_app', group.name, app);
      }
      group.apps = apps;
      world.touch(group, userOf(context).user);
      return undefined;
    },
  },
  'press.api.bench.archive': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name'],
    run(context, params) {
      deleteGroup(context.world, groupOf(context, params), userOf(context).user);
      return undefined;
    },
  },
  'press.api.bench.redeploy': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name', 'dc_name'],
    run(context, params) {
      const group = groupOf(context, params);
      if (isUnfinished(buildOf(context.world, group, params))) {
        throw refuse('Wait for deploy to finish or stop current deploy first!');
      }
      return startDeploy(context.world, group, userOf(context).user).name;
    },
  },
  /** Stops a build that runs and starts another; for one that is over: nothing (C 3.8). */
  'press.api.bench.fail_and_redeploy': {
    mutates: true,
    guard: 'Release Group',
    requires: ['name', 'dc_name'],
    run(context, params) {
      const group = groupOf(context, params);
      const build = buildOf(context.world, group, params);
      if (!isUnfinished(build)) return undefined;
      failBuild(context.world, build, 'Stopped by the user');
      return startDeploy(context.world, group, userOf(context).user).name;
    },
  },
  /** Its only parameter is none the guard looks at: always 403 (A 3.10). */
  'press.api.bench.fail_build': {
    guard: 'Release Group',
    requires: ['dn'],
    run: () => undefined,
  },
};

const NEW_GROUP_KEYS = ['title', 'version', 'apps', 'cluster', 'saas_app', 'server'];

function newGroup(context: CallContext, { bench }: Params): Json {
  const { world } = context;
  if (!isObject(bench)) throw crash('TypeError', 'string indices must be integers');
  for (const key of NEW_GROUP_KEYS) {
    if (bench[key] === undefined) throw crash('KeyError', `'${key}'`);
  }
  const [title, version, team] = [text(bench.title), text(bench.version), teamOf(context).name];
  checkTitleIsFree(context, title);
  const server = serverFor(context, bench);
  if (!world.state.versions.some(({ name }) => name === version)) {
    throw missing('Frappe Version', version);
  }
  const apps = Array.isArray(bench.apps) ? bench.apps : [];
  if (apps.length === 0) throw crash('IndexError', 'list index out of range');
  const names = apps.map((app) => (isObject(app) ? text(app.name) : ''));
  checkKnown(world, names);
  const { user } = userOf(context);
  return createGroup(world, { title, version, apps: names, server, team, user }).name;
}

/** Only enabled groups of this team count, and no lock is taken (D 1.0). */
function checkTitleIsFree(context: CallContext, title: string): void {
  const team = teamOf(context).name;
  const isTaken = groupsTitled(context.world, title, context.checkedAt).some(
    (group) => group.team === team && group.enabled,
  );
  if (!isTaken) return;
  throw refuse('A bench group with this name already exists. Please choose a different name.');
}

function serverFor(context: CallContext, bench: Record<string, Json>): string {
  const { world } = context;
  const wanted = text(bench.server);
  if (wanted === '') return publicServer(world, { cluster: text(bench.cluster) || null }).name;
  if (world.state.servers[wanted]?.team !== teamOf(context).name) {
    throw refuse('You can only create benches on your servers');
  }
  return wanted;
}

function checkKnown(world: World, apps: readonly string[]): void {
  for (const [index, app] of apps.entries()) {
    if (!(app in world.state.apps)) {
      throw missingLink(`Could not find Row #${index + 1}: App: ${app}`);
    }
  }
}

function addedApps(apps: Json | undefined): string[] {
  if (!Array.isArray(apps)) throw crash('TypeError', 'string indices must be integers');
  return apps.map((entry) => {
    const values = isObject(entry) ? Object.values(entry) : [];
    if (values.length !== 2) {
      throw crash('ValueError', `not enough values to unpack (expected 2, got ${values.length})`);
    }
    return text(values[0]);
  });
}

function buildOf(world: World, group: GroupRow, params: Params): BuildRow {
  const build = world.state.builds[text(params.dc_name)];
  if (build === undefined) throw missing('Deploy Candidate Build', text(params.dc_name));
  if (build.group !== group.name) throw refuse('Unable to redeploy this build!');
  return build;
}
