import { finishBackup, newBackup } from '../backups/rows.js';
import { filesOf } from '../backups/files.js';
import { takeJobFault } from '../faults/matching.js';
import { createJob } from '../jobs/create.js';
import { ARCHIVE_STEP, BACKUP_STEPS } from '../jobs/job-types.js';
import { succeeded } from '../jobs/steps.js';
import { text } from '../json.js';
import { dropDirectory } from '../sites/archive-outcome.js';
import type { BenchRow } from '../world/catalogue.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { MigrationRow } from '../world/moves.js';
import type { World } from '../world/world.js';
import { ARCHIVE, isBefore, REACTIVATING, RESET_STATUS } from './steps.js';

/** What a fault rule calls a migration, in the place of a job type. */
export const MIGRATION = 'Site Migration';
/** The plan of a site that leaves a server of its own (C 2.9). */
const PLAN_ON_SHARED = 'USD 100';
const PLAN_ON_DEDICATED = 'Unlimited';

/**
 * Registers the course of migrations. Of their many jobs only the one that takes the site off its old
 * server is there: the site is Pending for a while, has one more offsite backup, and stands on the
 * other server. A job fault of {@link MIGRATION} fails the step it names, or makes the whole slow.
 */
export function installMigrations(world: World): void {
  world.onTask('migration.start', (ref) => {
    const migration = world.state.migrations[text(ref)];
    if (migration?.status === 'Scheduled') startMigration(world, migration);
  });
  world.onTask('migration.end', (ref) => {
    const migration = world.state.migrations[text(ref)];
    if (migration?.status === 'Running') leaveSource(world, migration);
  });
}

export function startMigration(world: World, migration: MigrationRow): void {
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

/** It has been restored where it goes; now it is taken off where it was. */
function leaveSource(world: World, migration: MigrationRow): void {
  const site = world.state.sites[migration.site];
  const bench = world.state.benches[migration.bench];
  if (site === undefined || bench === undefined) return;
  const { failsAt } = migration;
  if (failsAt !== undefined && isBefore(failsAt, ARCHIVE, isToRegion(site, bench))) {
    fail(world, migration, site, failsAt);
    return;
  }
  createJob(world, {
    jobType: 'Archive Site',
    site: site.name,
    bench: site.bench,
    server: site.server,
    owner: 'Administrator',
    data: { migration: migration.name, leftOut: [...BACKUP_STEPS] },
    fault: failsAt === ARCHIVE ? { kind: 'fail_step', step: ARCHIVE_STEP } : null,
  });
}

/** What Press does when the job has changed that takes a site off its old server. */
export function afterSourceArchive(world: World, site: SiteRow, job: JobRow): void {
  const migration = world.state.migrations[text(job.data.migration)];
  const bench = world.state.benches[migration?.bench ?? ''];
  if (migration?.status !== 'Running' || bench === undefined) return;
  if (succeeded(job, ARCHIVE_STEP)) dropDirectory(site);
  if (job.status === 'Success') arrive(world, migration, site, bench);
  if (job.status === 'Failure' || job.status === 'Delivery Failure') {
    fail(world, migration, site, ARCHIVE);
  }
}

/** From here on there is no way back, and the record of the site is the last to know (C 2.9). */
function arrive(world: World, migration: MigrationRow, site: SiteRow, bench: BenchRow): void {
  const { failsAt } = migration;
  if (failsAt !== undefined && isBefore(failsAt, RESET_STATUS, isToRegion(site, bench))) {
    fail(world, migration, site, failsAt);
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
  site.onServer = true;
  site.status = failsAt === RESET_STATUS ? 'Inactive' : 'Active';
  migration.status = failsAt === undefined ? 'Success' : 'Failure';
  world.touch(migration);
  world.touch(site);
}

/** It stays where its record says, which is not always where its files are. */
function fail(world: World, migration: MigrationRow, site: SiteRow, step: string): void {
  migration.status = 'Failure';
  site.status = REACTIVATING.includes(step) ? 'Active' : 'Inactive';
  world.touch(migration);
  world.touch(site);
}

const isToRegion = (site: SiteRow, bench: BenchRow): boolean => bench.cluster !== site.cluster;

/** The plan follows the kind of server (C 2.9). */
function planAfter(world: World, site: SiteRow, bench: BenchRow): string {
  const { servers } = world.state;
  const isPublic = servers[bench.server]?.public === true;
  if (servers[site.server]?.public === isPublic) return site.plan;
  return isPublic ? PLAN_ON_SHARED : PLAN_ON_DEDICATED;
}
