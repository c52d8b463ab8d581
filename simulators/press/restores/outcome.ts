import { failed, succeeded } from '../jobs/steps.js';
import { isObject } from '../json.js';
import { endSessions } from '../sites/sessions.js';
import type { DataKind } from '../world/backups.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

const DATABASE_STEP = 'Restore Site';

/** What a restore that is over has done on the server, step by step (B 2.4, B 2.5). */
export function applyRestore(world: World, site: SiteRow, job: JobRow): void {
  const given = givenMarks(job);
  const sides = Object.keys(given).filter((kind) => kind !== 'database') as DataKind[];
  const { marks } = site.disk;
  if (succeeded(job, DATABASE_STEP)) {
    Object.assign(marks, given);
    site.disk.halfMigrated = failed(job, 'Migrate Site');
    endSessions(world, site);
    if (job.data.hasConfig === true) useConfig(site, job);
  } else if (failed(job, DATABASE_STEP)) {
    marks.database = null;
  }
  // Each side that was given is emptied before it is unpacked.
  if (succeeded(job, 'Restore Files')) for (const side of sides) marks[side] = given[side] ?? null;
  if (failed(job, 'Restore Files')) for (const side of sides) marks[side] = null;
}

function givenMarks({ data }: JobRow): Partial<Record<DataKind, string>> {
  return isObject(data.marks) ? data.marks : {};
}

/** A configuration file ends maintenance mode, and brings the key of encrypted values (D 2.3). */
function useConfig(site: SiteRow, { data }: JobRow): void {
  site.disk.maintenance = false;
  if (typeof data.encryptionKey === 'string') site.disk.encryptionKey = data.encryptionKey;
}

/**
 * Of the apps the site had before, those that are in the dump: the others were never there, or are
 * taken from it as "unavailable" (B 2.4).
 */
export function restoredApps(world: World, site: SiteRow, job: JobRow): string[] {
  const known = world.state.databases[givenMarks(job).database ?? ''];
  if (known === undefined || !succeeded(job, DATABASE_STEP)) return site.apps;
  return site.apps.filter((app) => known.apps.includes(app));
}
