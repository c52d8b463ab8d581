import { newBackup } from '../backups/rows.js';
import { finishBackup } from '../backups/rows.js';
import { filesOf } from '../backups/files.js';
import { activeBenches } from '../benches/status.js';
import { takeJobFault } from '../faults/matching.js';
import { PressError, refuse } from '../http/errors.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import { text } from '../json.js';
import { refuseAfterFatalUpdate } from '../sites/lifecycle.js';
import type { BenchRow } from '../world/catalogue.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { MigrationRow } from '../world/moves.js';
import type { World } from '../world/world.js';

/** How often Press looks for migrations whose time has come (C 2.9). */
const ROUND = milliseconds(15 * 60_000);
/** The plan of a site that leaves a server of its own (C 2.9). */
const PLAN_ON_SHARED = 'USD 100';
const PLAN_ON_DEDICATED = 'Unlimited';

export const isOpenMigration = ({ status }: MigrationRow): boolean =>
  status === 'Scheduled' || status === 'Running';

/** The oldest first. */
export const migrationsOf = (world: World, site: SiteRow): MigrationRow[] =>
  Object.values(world.state.migrations)
    .filter((row) => row.site === site.name)
    .sort((a, b) => a.creation - b.creation);

/** @param more what follows in the text of the one who asks. @throws 417 */
export function refuseWhileMigrating(world: World, site: SiteRow, more = ''): void {
  if (!migrationsOf(world, site).some(isOpenMigration)) return;
  throw refuse(
    `Ongoing/Scheduled Site Migration for the site <strong>${site.name}</strong> exists${more}`,
  );
}

/** `press.api.site.change_server` (C 2.10). @throws 417, or 500 for the server it is on */
export function changeServer(
  world: World,
  site: SiteRow,
  user: string,
  { server, scheduledTime }: { server: string; scheduledTime: Micros | null },
): MigrationRow {
  const { jobs } = world.state;
  const isComing = Object.values(jobs).some(
    (job) =>
      job.server === server &&
      job.jobType === 'New Bench' &&
      (job.status === 'Pending' || job.status === 'Running'),
  );
  if (isComing) {
    throw refuse(
      `Please wait for the new deploy to be created in the server <strong>${server}</strong> ` +
        'if you have just added a new server to the bench.',
    );
  }
  const bench = activeBenches(world, site.group).findLast((row) => row.server === server);
  if (bench === undefined) {
    throw refuse(
      `A deploy does not exist in the server <strong>${server}</strong>. ` +
        'Please schedule a new deploy on your bench and try again.',
    );
  }
  return createMigration(world, site, user, { bench, scheduledTime });
}

export function createMigration(
  world: World,
  site: SiteRow,
  user: string,
  { bench, scheduledTime }: { bench: BenchRow; scheduledTime: Micros | null },
): MigrationRow {
  refuseWhileMigrating(world, site, '.');
  refuseAfterFatalUpdate(site);
  if (bench.server === site.server) throw new PressError('NotImplementedError', '');
  const isBusy = Object.values(world.state.jobs).some(
    (job) => job.site === site.name && (job.status === 'Pending' || job.status === 'Running'),
  );
  if (isBusy && scheduledTime === null) {
    throw new PressError('OngoingAgentJob', 'Ongoing Agent Job for site exists');
  }
  const migration: MigrationRow = {
    ...world.newRow(user),
    site: site.name,
    team: site.team,
    status: 'Scheduled',
    scheduledTime,
    bench: bench.name,
  };
  world.state.migrations[migration.name] = migration;
  world.effect('migration.create', site.name, bench.server);
  if (scheduledTime === null) start(world, migration);
  else world.schedule(ceilTo(scheduledTime, ROUND), 'migration.start', migration.name);
  return migration;
}

/** What a fault rule calls a migration, in the place of a job type. */
export const MIGRATION = 'Site Migration';
/** A failure of these puts the site back into service where it stood (C 2.9). */
const REACTIVATING = [
  'Backup site on source',
  'Restore site on destination',
  'Restore site on destination proxy',
];
/** By then the site has moved. */
const LAST_STEP = 'Update site plan';

/**
 * Registers the course of migrations. Their many jobs are left out here: the site is Pending for a
 * while, has one more offsite backup, and stands on the other server. A job fault of
 * {@link MIGRATION} fails the step it names, or makes the whole slow.
 */
export function installMigrations(world: World): void {
  world.onTask('migration.start', (ref) => {
    const migration = world.state.migrations[text(ref)];
    if (migration?.status === 'Scheduled') start(world, migration);
  });
  world.onTask('migration.end', (ref) => {
    const migration = world.state.migrations[text(ref)];
    if (migration?.status === 'Running') end(world, migration);
  });
}

function start(world: World, migration: MigrationRow): void {
  const site = world.state.sites[migration.site];
  if (site === undefined || site.status === 'Archived') return;
  migration.status = 'Running';
  site.status = 'Pending';
  world.touch(migration);
  world.touch(site);
  const fault = takeJobFault(world.state, {
    jobType: MIGRATION,
    site: site.name,
    group: site.group,
    title: null,
    subdomain: null,
  });
  if (fault?.kind === 'fail_step') migration.failsAt = String(fault.step);
  const slower = fault?.kind === 'slow' ? fault.factor : 1;
  const length = world.spread(world.timings.migration) * slower;
  world.schedule(world.now() + length, 'migration.end', migration.name);
}

function end(world: World, migration: MigrationRow): void {
  const site = world.state.sites[migration.site];
  const bench = world.state.benches[migration.bench];
  if (site === undefined || bench === undefined) return;
  const { failsAt } = migration;
  if (failsAt !== undefined && failsAt !== LAST_STEP) {
    migration.status = 'Failure';
    site.status = REACTIVATING.includes(failsAt) ? 'Active' : 'Inactive';
    world.touch(migration);
    world.touch(site);
    return;
  }
  const backup = newBackup(world, site, {
    owner: 'Administrator',
    withFiles: true,
    offsite: true,
  });
  finishBackup(world, backup, filesOf(world, site, world.now(), true));
  Object.assign(site, { bench: bench.name, group: bench.group, cluster: bench.cluster });
  if (failsAt === undefined) site.plan = planAfter(world, site, bench);
  site.server = bench.server;
  site.disk.bench = bench.name;
  site.status = 'Active';
  migration.status = failsAt === undefined ? 'Success' : 'Failure';
  world.touch(migration);
  world.touch(site);
}

/** The plan follows the kind of server (C 2.9). */
function planAfter(world: World, site: SiteRow, bench: BenchRow): string {
  const { servers } = world.state;
  const isPublic = servers[bench.server]?.public === true;
  if (servers[site.server]?.public === isPublic) return site.plan;
  return isPublic ? PLAN_ON_SHARED : PLAN_ON_DEDICATED;
}
