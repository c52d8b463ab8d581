import { MOVE_STEP } from '../jobs/job-types.js';
import { succeeded } from '../jobs/steps.js';
import { onServer } from '../sites/actions.js';
import { pushConfig } from '../sites/config.js';
import type { JobRow, SiteRow, SiteStatus } from '../world/model.js';
import type { Place, UpdateRow, UpdateStatus } from '../world/updates.js';
import type { World } from '../world/world.js';
import { followServer, restoreTables } from './server-side.js';

/** A Site Update and its site follow the job that updates, or the one that recovers (D 2). */
export function afterUpdateJob(world: World, site: SiteRow, job: JobRow): void {
  const update = Object.values(world.state.updates).find(
    (row) => row.updateJob === job.name || row.recoverJob === job.name,
  );
  if (update === undefined) return;
  followServer(site, update, job);
  if (update.updateJob === job.name) afterUpdate(world, site, update, job);
  else afterRecovery(world, site, update, job);
}

function afterUpdate(world: World, site: SiteRow, update: UpdateRow, job: JobRow): void {
  switch (job.status) {
    case 'Undelivered':
    case 'Pending':
      return;
    case 'Running':
      if (update.status === 'Running') return;
      if (succeeded(job, MOVE_STEP)) place(site, update.destination);
      setStatuses(world, site, update, ['Running', 'Updating']);
      return;
    case 'Success':
      place(site, update.destination);
      finish(world, site, update, ['Success', reprobed(site, update)]);
      return;
    case 'Delivery Failure':
      finish(world, site, update, ['Fatal', update.siteStatusBefore]);
      return;
    case 'Failure':
      afterFailedUpdate(world, site, update, job);
  }
}

/** Where the site stands decides how it comes back (D 2.2). */
function afterFailedUpdate(world: World, site: SiteRow, update: UpdateRow, job: JobRow): void {
  const isMoved = succeeded(job, MOVE_STEP);
  update.end = world.now();
  if (isMoved) place(site, update.destination);
  if (update.skipBackups) {
    setStatuses(world, site, update, ['Fatal', 'Broken']);
  } else if (isMoved) {
    recover(world, site, update, 'Recover Failed Site Migrate');
    setStatuses(world, site, update, ['Recovering', 'Recovering']);
  } else if (update.siteStatusBefore === 'Active') {
    recover(world, site, update, 'Recover Failed Site Update');
    setStatuses(world, site, update, ['Failure', 'Broken']);
  } else {
    finish(world, site, update, ['Recovered', update.siteStatusBefore]);
  }
}

type Recovery = 'Recover Failed Site Migrate' | 'Recover Failed Site Update';

function recover(world: World, site: SiteRow, update: UpdateRow, jobType: Recovery): void {
  update.recoverJob = onServer(world, site, update.owner, jobType).name;
}

function afterRecovery(world: World, site: SiteRow, update: UpdateRow, job: JobRow): void {
  switch (job.status) {
    case 'Undelivered':
    case 'Pending':
      return;
    case 'Running':
      if (update.status !== 'Recovering') {
        setStatuses(world, site, update, ['Recovering', 'Recovering']);
      }
      return;
    case 'Success':
      place(site, update.source);
      finish(world, site, update, ['Recovered', update.siteStatusBefore]);
      pushConfig(world, site, 'Administrator');
      return;
    case 'Failure':
    case 'Delivery Failure':
      if (succeeded(job, MOVE_STEP)) place(site, update.source);
      site.fatalUpdate = update.name;
      update.end = world.now();
      setStatuses(world, site, update, ['Fatal', 'Broken']);
      restoreTables(world, site, update, job);
  }
}

function finish(
  world: World,
  site: SiteRow,
  update: UpdateRow,
  statuses: readonly [UpdateStatus, SiteStatus],
): void {
  update.end = world.now();
  // Inactive is served by the proxy; the site itself has been in maintenance mode all the time.
  if (update.siteStatusBefore === 'Inactive') site.disk.maintenance = true;
  setStatuses(world, site, update, statuses);
  if (statuses[0] === 'Success') pushConfig(world, site, 'Administrator');
}

/** A site that was Broken before is asked again after a success (D 2.2). */
function reprobed({ responsive }: SiteRow, { siteStatusBefore }: UpdateRow): SiteStatus {
  if (siteStatusBefore !== 'Broken') return siteStatusBefore;
  return responsive ? 'Active' : 'Inactive';
}

function place(site: SiteRow, { bench, group }: Place): void {
  site.bench = bench;
  site.group = group;
}

function setStatuses(
  world: World,
  site: SiteRow,
  update: UpdateRow,
  [updateStatus, siteStatus]: readonly [UpdateStatus, SiteStatus],
): void {
  update.status = updateStatus;
  site.status = siteStatus;
  world.touch(update);
  world.touch(site);
}
