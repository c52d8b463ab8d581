import { startDeploy } from '../benches/builds.js';
import { activeBenches, isUnfinished } from '../benches/status.js';
import { PressError } from '../http/errors.js';
import { ceilTo } from '../jobs/agent.js';
import { text } from '../json.js';
import { insertUpdate } from '../updates/create.js';
import { startUpdate } from '../updates/start.js';
import type { BenchRow, GroupRow } from '../world/catalogue.js';
import type { SiteRow } from '../world/model.js';
import type { SiteActionRow } from '../world/moves.js';
import type { World } from '../world/world.js';
import { createMigration } from './migrations.js';
import { ACTION_LOOP, isOpenAction } from './plan.js';

const OWNER = 'Administrator';

/** Registers what Press does with its Site Actions (C 2.8). */
export function installActions(world: World): void {
  world.onTask('action.go', (ref) => {
    const action = world.state.actions[text(ref)];
    if (action !== undefined && isOpenAction(action)) goOn(world, action);
  });
}

/** One round: the bench first, then the move when its time has come, then its end. */
function goOn(world: World, action: SiteActionRow): void {
  const site = world.state.sites[action.site];
  const group = world.state.groups[action.group];
  if (site === undefined || group === undefined || site.status === 'Archived') {
    end(world, action, 'Failure');
    return;
  }
  if (action.update !== null || action.migration !== null) follow(world, action);
  else act(world, action, site, group);
  if (isOpenAction(action)) {
    world.schedule(ceilTo(world.now() + 1, ACTION_LOOP), 'action.go', action.name);
  }
}

function act(world: World, action: SiteActionRow, site: SiteRow, group: GroupRow): void {
  const bench = activeBenches(world, group.name).findLast(({ server }) => server === action.server);
  const isDue = action.scheduledTime === null || action.scheduledTime <= world.now();
  if (isDue && action.status === 'Scheduled') {
    action.status = 'Running';
    action.start = world.now();
    world.touch(action);
  }
  try {
    if (bench === undefined) provideBench(world, action, group);
    else if (isDue) move(world, action, site, bench);
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    end(world, action, 'Failure');
  }
}

/** With a time in the future it is built at once, too; a group made for it is left behind (C 2.8). */
function provideBench(world: World, action: SiteActionRow, group: GroupRow): void {
  const build = world.state.builds[action.build ?? ''];
  if (build === undefined) {
    if (!group.servers.includes(action.server)) group.servers.push(action.server);
    action.build = startDeploy(world, group, action.owner).name;
    return;
  }
  const newest = Object.values(world.state.builds).findLast(
    ({ candidate }) => candidate === build.candidate,
  );
  if (newest !== undefined && !isUnfinished(newest) && newest.status === 'Failure') {
    end(world, action, 'Failure');
  }
}

function move(world: World, action: SiteActionRow, site: SiteRow, bench: BenchRow): void {
  if (isHeldBack(world, site)) return;
  if (bench.server !== site.server) {
    const plan = { bench, scheduledTime: null };
    action.migration = createMigration(world, site, OWNER, plan).name;
    return;
  }
  const update = insertUpdate(world, site, {
    user: OWNER,
    skipBackups: false,
    skipFailingPatches: action.skipFailingPatches,
    scheduledTime: null,
    group: bench.group,
  });
  startUpdate(world, site, update);
  action.update = update.name;
}

/**
 * A fatal update fails the action, but on the bench the update had led to it was seen to wait: when a
 * restore cleared the flag, it moved the restored site away (observed-2 3, f1).
 */
function isHeldBack(world: World, site: SiteRow): boolean {
  const fatal = world.state.updates[site.fatalUpdate ?? ''];
  return fatal !== undefined && fatal.destination.bench === site.bench;
}

/** A Cancelled update is taken for one that runs: the action never ends (C 2.8). */
function follow(world: World, action: SiteActionRow): void {
  const status =
    world.state.updates[action.update ?? '']?.status ??
    world.state.migrations[action.migration ?? '']?.status;
  if (status === 'Success') end(world, action, 'Success');
  else if (status === 'Failure' || status === 'Recovered' || status === 'Fatal') {
    end(world, action, 'Failure');
  }
}

function end(world: World, action: SiteActionRow, status: 'Success' | 'Failure'): void {
  action.status = status;
  action.end = world.now();
  world.touch(action);
}
