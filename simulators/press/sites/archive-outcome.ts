import {
  checkStorageForArchive,
  dropBackupsAfterArchive,
  recordJobBackup,
} from '../backups/outcome.js';
import { ARCHIVE_STEP, BACKUP_STEP, REMOVE_FROM_PROXY_STEP } from '../jobs/job-types.js';
import { latestJob } from '../jobs/latest.js';
import { failed, stepOf } from '../jobs/steps.js';
import type { JobRow, SiteRow, StepStatus } from '../world/model.js';
import type { World } from '../world/world.js';

/** Judges an archive by the two decisive *steps*, on every update of either job (B 4.2). */
export function afterArchiveJob(world: World, site: SiteRow, job: JobRow): void {
  const archive = latestJob(world, site.name, 'Archive Site');
  const removal = latestJob(world, site.name, 'Remove Site from Upstream');
  const onServer = decisiveArchiveStep(archive);
  const onProxy = stepOf(removal, REMOVE_FROM_PROXY_STEP)?.status;
  if (onServer === 'Success') dropDirectory(site);
  if (onProxy === 'Success') site.routed = false;
  const pair = [onServer, onProxy];
  if (pair.every((status) => status === 'Success' || status === 'Skipped')) {
    checkStorageForArchive(world, site);
    // Only in the callback that completes the pair, and only when it is this job's (observed C10).
    if (job === archive) recordJobBackup(world, site, job);
    dropBackupsAfterArchive(world, site);
    retire(world, site);
  } else if (pair.includes('Failure')) {
    failArchive(world, site, 'Broken');
  } else if (pair.every((status) => status === 'Delivery Failure')) {
    failArchive(world, site, 'Active');
  } else if (pair.includes('Delivery Failure')) {
    failArchive(world, site, 'Broken');
  } else if (job.status === 'Pending') {
    site.status = 'Pending';
  }
}

/** Press does not see it: what is asked of the site's server from now on is answered 404. */
export function dropDirectory(site: SiteRow): void {
  site.onServer = false;
  site.disk.bench = null;
}

/**
 * Skipped because the backup itself failed counts as Failure; skipped because only its *upload*
 * failed does not, so such a site is declared archived although nothing was dropped (the trap).
 */
function decisiveArchiveStep(archive: JobRow | undefined): StepStatus | undefined {
  const status = stepOf(archive, ARCHIVE_STEP)?.status;
  return status === 'Skipped' && failed(archive, BACKUP_STEP) ? 'Failure' : status;
}

function failArchive(world: World, site: SiteRow, status: 'Broken' | 'Active'): void {
  site.status = status;
  site.archiveFailed = true;
  world.touch(site);
}

/** The name becomes free at once: the row goes on as `<name>.archived` with all its links. */
function retire(world: World, site: SiteRow): void {
  const { state } = world;
  const oldName = site.name;
  const newName = freeArchiveName(world, oldName);
  site.status = 'Archived';
  site.archiveFailed = false;
  site.name = newName;
  world.touch(site);
  state.sites[newName] = site;
  Reflect.deleteProperty(state.sites, oldName);
  for (const domain of Object.values(state.domains)) {
    if (domain.site === oldName) Reflect.deleteProperty(state.domains, domain.name);
  }
  const linked = [
    ...Object.values(state.jobs),
    ...Object.values(state.orders),
    ...state.activities,
    ...Object.values(state.subscriptions),
    ...Object.values(state.backups),
    ...Object.values(state.remoteFiles),
    ...Object.values(state.updates),
    ...Object.values(state.upgrades),
    ...Object.values(state.actions),
    ...Object.values(state.migrations),
  ];
  for (const row of linked) if (row.site === oldName) row.site = newName;
}

function freeArchiveName(world: World, name: string): string {
  const base = `${name}.archived`;
  let candidate = base;
  for (let n = 1; candidate in world.state.sites; n += 1) candidate = `${base}.${n}`;
  return candidate;
}
