import { activeBenches } from '../benches/status.js';
import { createGroup } from '../benches/groups.js';
import { crash, refuse } from '../http/errors.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import type { GroupRow } from '../world/catalogue.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { SiteActionRow } from '../world/moves.js';
import type { World } from '../world/world.js';
import { createMigration, refuseWhileMigrating } from './migrations.js';

export const MOVE_TO_BENCH = 'Move Site To Different Server / Bench';
export const MOVE_TO_REGION = 'Move Site To Different Region';
/** How often Press works off its actions (C 2.8). */
export const ACTION_LOOP = milliseconds(30_000);

export interface MovePlan {
  user: string;
  type: string;
  group: string;
  newGroup: string;
  server: string;
  cluster: string;
  scheduledTime: Micros | null;
  skipFailingPatches: boolean;
}

export const isOpenAction = ({ status }: SiteActionRow): boolean =>
  status === 'Scheduled' || status === 'Running';

/** The oldest first. */
export const actionsOf = (world: World, site: SiteRow): SiteActionRow[] =>
  Object.values(world.state.actions)
    .filter((row) => row.site === site.name)
    .sort((a, b) => a.creation - b.creation);

/**
 * `Site.create_migration_plan` to another bench, server or region (C 2.8). Neither versions nor a fatal update
 * are looked at (observed-2 3), and no status locks it out.
 *
 * @throws 417
 */
export function createMovePlan(world: World, site: SiteRow, plan: MovePlan): SiteActionRow {
  if (plan.type !== MOVE_TO_BENCH && plan.type !== MOVE_TO_REGION) {
    throw crash('AssertionError', '');
  }
  checkTime(world, plan);
  const toRegion = plan.type === MOVE_TO_REGION;
  if (!toRegion && plan.group === '' && plan.newGroup === '') {
    throw refuse('Please provide either of group or new group name. Both can not be empty.');
  }
  if (actionsOf(world, site).some(isOpenAction)) {
    throw refuse(
      'Another site action is already scheduled / running for this site. ' +
        'Please wait for it to complete before starting a new one.',
    );
  }
  refuseWhileMigrating(world, site, ', retry once it is completed');
  if (toRegion) return planOfRegion(world, site, plan);
  const server = plan.server === '' ? site.server : plan.server;
  checkServer(world, site, server);
  const target = plan.group === '' ? null : checkedGroup(world, site, plan.group);
  const group = target ?? cloneOfGroup(world, site, plan, server);
  return insertAction(world, site, plan, {
    group: group.name,
    isNewGroup: target === null,
    server,
    migration: null,
  });
}

/** Within the group of the site; the migration is made, and may begin, in this request. */
function planOfRegion(world: World, site: SiteRow, plan: MovePlan): SiteActionRow {
  const { cluster, user, scheduledTime } = plan;
  if (cluster === site.cluster) {
    throw refuse(
      'The site is already in the selected region. Please choose a different region to move it to.',
    );
  }
  const bench = activeBenches(world, site.group).findLast((row) => row.cluster === cluster);
  if (bench === undefined) {
    throw refuse(`Bench ${site.group} does not have an existing deploy in ${cluster}`);
  }
  const migration = createMigration(world, site, user, { bench, scheduledTime });
  return insertAction(world, site, plan, {
    group: site.group,
    isNewGroup: false,
    server: bench.server,
    migration: migration.name,
  });
}

function insertAction(
  world: World,
  site: SiteRow,
  plan: MovePlan,
  to: Pick<SiteActionRow, 'group' | 'isNewGroup' | 'server' | 'migration'>,
): SiteActionRow {
  const action: SiteActionRow = {
    ...world.newRow(plan.user),
    site: site.name,
    team: site.team,
    actionType: plan.type,
    status: to.migration !== null && plan.scheduledTime === null ? 'Running' : 'Scheduled',
    scheduledTime: plan.scheduledTime,
    start: null,
    end: null,
    skipFailingPatches: plan.skipFailingPatches,
    build: null,
    update: null,
    ...to,
  };
  world.state.actions[action.name] = action;
  world.schedule(ceilTo(world.now() + 1, ACTION_LOOP), 'action.go', action.name);
  world.effect('action.create', site.name, to.group);
  return action;
}

function checkTime(world: World, { scheduledTime }: MovePlan): void {
  if (scheduledTime === null || scheduledTime > world.now()) return;
  throw refuse('Scheduled time must be in the future. Please provide a valid scheduled time.');
}

function checkServer(world: World, site: SiteRow, name: string): void {
  const server = world.state.servers[name];
  if (server?.public === true || server?.team === site.team) return;
  throw refuse(`You don't have permission to deploy on server ${name}`);
}

function checkedGroup(world: World, site: SiteRow, name: string): GroupRow {
  const group = world.state.groups[name];
  if (group === undefined || group.public) {
    throw refuse(
      `Release Group ${name} is a public release group. Please select a different release group.`,
    );
  }
  const absent = site.apps.filter((app) => !group.apps.includes(app));
  if (absent.length === 0) return group;
  throw refuse(
    `Site has following apps: ${absent.join(', ')} which are not present in the destination ` +
      'release group. Please uninstall them to proceed.',
  );
}

/** A private group of the same version with the apps of the site (D 1.4). */
function cloneOfGroup(world: World, site: SiteRow, plan: MovePlan, server: string): GroupRow {
  const source = world.state.groups[site.group];
  const sources = site.apps.map((app) => [app, source?.sources[app] ?? ''] as const);
  return createGroup(world, {
    title: plan.newGroup,
    version: source?.version ?? '',
    apps: [...site.apps],
    sources: Object.fromEntries(sources),
    server,
    team: site.team,
    user: plan.user,
  });
}
