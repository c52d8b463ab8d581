import { MOVE_STEP } from '../jobs/job-types.js';
import { failed, stepOf, succeeded } from '../jobs/steps.js';
import { onServer } from '../sites/actions.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';

/** What a lost connection to the database looks like in the output of a recovery (C 2.1). */
const LOST_CONNECTION = /gone away|lost connection/i;

/** What the steps of an update or a recovery have done on the server, whatever Press makes of it. */
export function followServer(site: SiteRow, update: UpdateRow, job: JobRow): void {
  const { disk } = site;
  const isUpdate = update.updateJob === job.name;
  if (succeeded(job, MOVE_STEP)) {
    disk.bench = (isUpdate ? update.destination : update.source).bench;
  }
  // Only the steps themselves switch it: after a failure it stays on (D 2.3).
  if (succeeded(job, 'Enable Maintenance Mode')) disk.maintenance = true;
  if (succeeded(job, 'Disable Maintenance Mode')) disk.maintenance = false;
  const migration = stepOf(job, 'Migrate Site')?.status;
  if (migration === 'Running' || migration === 'Failure') disk.halfMigrated = true;
  if (migration === 'Success' || succeeded(job, 'Restore Touched Tables')) {
    disk.halfMigrated = false;
  }
}

/**
 * The one try Press makes by itself after a recovery that lost its database on the way: when it
 * succeeds the site is free again, and its update stays Fatal (D 2.2).
 */
export function restoreTables(
  world: World,
  site: SiteRow,
  update: UpdateRow,
  recovery: JobRow,
): void {
  const isMigrate = recovery.jobType === 'Recover Failed Site Migrate';
  const broken = recovery.steps.find(({ stepName }) => failed(recovery, stepName));
  const isLost = LOST_CONNECTION.test(broken?.output ?? '');
  if (!isMigrate || !isLost || !succeeded(recovery, MOVE_STEP)) return;
  onServer(world, site, 'Administrator', 'Restore Site Tables', {
    statusBefore: update.siteStatusBefore,
  });
}
