import { addCustomApp, changeBranch, removeApp } from '../benches/app-changes.js';
import { startDeploy } from '../benches/builds.js';
import { deleteGroup } from '../benches/groups.js';
import type { DocMethod } from '../documents/doctype.js';
import { missing } from '../http/errors.js';
import { text, truthy } from '../json.js';
import type { GroupRow } from '../world/catalogue.js';
import { addTag, removeTag } from '../world/tags.js';
import type { World } from '../world/world.js';
import { readCustomApp } from './custom-app.js';
import { type Outcome, type Params, userOf } from './endpoint.js';

type GroupAction = (world: World, group: GroupRow, user: string, args: Params) => Outcome;

function method(
  params: readonly string[],
  act: GroupAction,
  requires: readonly string[] = params,
): DocMethod {
  return {
    params,
    requires,
    mutates: true,
    run(context, name, args) {
      const group = context.world.state.groups[name];
      if (group === undefined) throw missing('Release Group', name);
      return act(context.world, group, userOf(context).user, args);
    },
  };
}

/** Dashboard methods of Release Group that the world knows (A 2.8). */
export const groupMethods: Readonly<Record<string, DocMethod>> = {
  /** Twice in a row: two builds, two benches (bench-initial-deploy-second). */
  initial_deploy: method([], (world, group, user) => startDeploy(world, group, user).name),
  redeploy: method([], (world, group, user) => {
    startDeploy(world, group, user);
    return undefined;
  }),
  add_app: method(
    ['app', 'is_update'],
    (world, group, user, args) => {
      const custom = readCustomApp(args.app, truthy(args.is_update));
      if (custom !== null) addCustomApp(world, group, user, custom);
      return undefined;
    },
    ['app'],
  ),
  remove_app: method(['app'], (world, group, user, args) => {
    const app = text(args.app);
    removeApp(world, group, user, app);
    return app;
  }),
  change_app_branch: method(['app', 'to_branch'], (world, group, user, args) => {
    changeBranch(world, group, user, { app: text(args.app), branch: text(args.to_branch) });
    return undefined;
  }),
  delete: method([], (world, group, user) => {
    deleteGroup(world, group, user);
    return undefined;
  }),
  add_resource_tag: method(['tag'], (world, group, user, args) => {
    addTag(world, 'group', group, user, text(args.tag));
    return undefined;
  }),
  remove_resource_tag: method(['tag'], (world, group, user, args) => {
    removeTag(world, 'group', group, user, text(args.tag));
    return undefined;
  }),
};

/** In the framework, not for the dashboard: 403 (A 2.8). */
export const HIDDEN_GROUP_METHODS: readonly string[] = ['archive', 'add_server'];
