import { activeBenches } from '../benches/status.js';
import { PressError, refuse } from '../http/errors.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import { refuseAfterFatalUpdate } from '../sites/lifecycle.js';
import type { BenchRow } from '../world/catalogue.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { MigrationRow } from '../world/moves.js';
import type { World } from '../world/world.js';
import { startMigration } from './course.js';

/** How often Press looks for migrations whose time has come (C 2.9). */
const ROUND = milliseconds(15 * 60_000);

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
  if (scheduledTime === null) startMigration(world, migration);
  else world.schedule(ceilTo(scheduledTime, ROUND), 'migration.start', migration.name);
  return migration;
}
