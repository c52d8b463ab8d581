import type { JobRow, SiteRow, StepStatus } from '../world/model.js';
import type { World } from '../world/world.js';
import { ARCHIVE_STEP, REMOVE_FROM_PROXY_STEP } from '../jobs/job-types.js';
import { latestJob } from '../jobs/latest.js';

/** Judges an archive by the two decisive *steps*, on every update of either job (B 4.2). */
export function afterArchiveJob(world: World, site: SiteRow, job: JobRow): void {
  const archive = latestJob(world, site.name, 'Archive Site');
  const removal = latestJob(world, site.name, 'Remove Site from Upstream');
  const onServer = decisiveArchiveStep(archive);
  const onProxy = stepStatus(removal, REMOVE_FROM_PROXY_STEP);
  if (onServer === 'Success') site.onServer = false;
  if (onProxy === 'Success') site.routed = false;
  const pair = [onServer, onProxy];
  if (pair.every((status) => status === 'Success' || status === 'Skipped')) {
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

/**
 * Skipped because the backup itself failed counts as Failure; skipped because only its *upload*
 * failed does not, so such a site is declared archived although nothing was dropped (the trap).
 */
function decisiveArchiveStep(archive: JobRow | undefined): StepStatus | undefined {
  const status = stepStatus(archive, ARCHIVE_STEP);
  const backupFailed = stepStatus(archive, 'Backup Site') === 'Failure';
  return status === 'Skipped' && backupFailed ? 'Failure' : status;
}

function stepStatus(job: JobRow | undefined, stepName: string): StepStatus | undefined {
  return job?.steps.find((step) => step.stepName === stepName)?.status;
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
  for (const job of Object.values(state.jobs)) if (job.site === oldName) job.site = newName;
  for (const row of Object.values(state.orders)) if (row.site === oldName) row.site = newName;
  for (const row of state.activities) if (row.site === oldName) row.site = newName;
  for (const row of Object.values(state.subscriptions)) {
    if (row.site === oldName) row.site = newName;
  }
}

function freeArchiveName(world: World, name: string): string {
  const base = `${name}.archived`;
  let candidate = base;
  for (let n = 1; candidate in world.state.sites; n += 1) candidate = `${base}.${n}`;
  return candidate;
}
