import { crash, forbid, missingLink, refuse } from '../http/errors.js';
import { JOB_STEPS } from '../jobs/job-types.js';
import { isObject, text } from '../json.js';
import { onServer, saveSite } from '../sites/actions.js';
import { recordActivity } from '../sites/activity.js';
import { checkSiteAction } from '../sites/guards.js';
import type { Json } from '../types.js';
import type { JobRow, SiteRow, SiteStatus } from '../world/model.js';
import type { World } from '../world/world.js';
import { DATA_KINDS, findFiles, namesOf, probe, readConfig, type RestoreFiles } from './files.js';
import { fetchFault, jobData, leftOutSteps, sizesOf } from './plan.js';
import { checkSpace } from './space.js';

export const RESTORABLE: readonly SiteStatus[] = ['Active', 'Broken', 'Inactive'];

interface RestoreRequest {
  user: string;
  files: Json | undefined;
  skipFailingPatches: boolean;
}

/** `press.api.site.restore`: any set of files, of anybody (B 2.1). */
export function restoreSite(world: World, site: SiteRow, request: RestoreRequest): JobRow {
  if (!isObject(request.files)) {
    throw crash('AttributeError', "'str' object has no attribute 'get'");
  }
  const { files } = request;
  if (DATA_KINDS.every((kind) => text(files[kind]) === '')) {
    throw refuse(
      'At least one file must be provided for restoration. Please provide either of database, ' +
        'public or private file to begin restoration of the site {name}.',
    );
  }
  checkSiteAction(site, 'restore_site', RESTORABLE);
  return begin(world, site, request, findFiles(world, files));
}

/** `Site.restore_site_from_files`: all three keys, of this team; all may be null (B 2.2). */
export function restoreFromFiles(world: World, site: SiteRow, request: RestoreRequest): JobRow {
  checkSiteAction(site, 'restore_site_from_files', RESTORABLE);
  const files = isObject(request.files) ? request.files : {};
  const absent = DATA_KINDS.find((kind) => files[kind] === undefined);
  if (absent !== undefined) throw crash('KeyError', `'${absent}'`);
  for (const id of Object.values(files).map(text)) checkOwner(world, site, id);
  return begin(world, site, request, findFiles(world, files));
}

/**
 * `Site.restore_site`: takes no files but those of an earlier restore or of the site's creation, and
 * is accepted without any, too (B 2.3, observed-2 6.2).
 */
export function restoreAgain(
  world: World,
  site: SiteRow,
  request: Omit<RestoreRequest, 'files'>,
): JobRow {
  checkSiteAction(site, 'restore_site', RESTORABLE);
  const files = findFiles(world, site.remoteFiles);
  return begin(world, site, { ...request, files: site.remoteFiles }, files);
}

function checkOwner(world: World, site: SiteRow, id: string): void {
  const file = world.state.remoteFiles[id];
  if (id !== '' && file === undefined) throw missingLink(`Could not find Remote File: ${id}`);
  if (file !== undefined && file.team !== site.team) {
    throw forbid(`Remote File ${id} does not belong to site's team`);
  }
}

function begin(
  world: World,
  site: SiteRow,
  { user, skipFailingPatches }: RestoreRequest,
  files: RestoreFiles,
): JobRow {
  probe(world, files);
  checkSpace(world, site, sizesOf(files));
  const config = readConfig(world, files);
  const data = {
    ...jobData(world, files, config, skipFailingPatches),
    leftOut: leftOutSteps(files, JOB_STEPS['Restore Site']),
  };
  site.remoteFiles = namesOf(files);
  const job = onServer(world, site, user, 'Restore Site', data, fetchFault(world, files));
  recordActivity(world, site, user, 'Restore', { job: job.name });
  site.status = 'Pending';
  saveSite(world, site, user);
  world.effect('site.restore', site.name);
  return job;
}
