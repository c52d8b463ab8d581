import type { JobFault } from '../fault-types.js';
import { PressError } from '../http/errors.js';
import { isObject, text } from '../json.js';
import type { Json } from '../types.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { findFiles, namesOf, readConfig, type RestoreFiles } from './files.js';
import { fetchFault, jobData, sizesOf } from './plan.js';
import { checkSpace } from './space.js';

/** The backup a new site is made of. */
export interface BackupSource {
  data: JobRow['data'];
  remoteFiles: SiteRow['remoteFiles'];
  fault: JobFault | null;
  config: Record<string, Json>;
  /**
   * What goes wrong after the server has committed the site in mid-request: it stays, without any
   * job (observed-2 6.1).
   */
  lateError: PressError | null;
  checkSpace(place: Pick<SiteRow, 'server' | 'group'>): void;
}

/**
 * The files of `site.new`; null when there are none. Database and configuration are not probed.
 *
 * @throws 404, or 500 for a configuration that cannot be read
 */
export function readSource(
  world: World,
  files: Json | undefined,
  skipFailingPatches: boolean,
): BackupSource | null {
  if (!isObject(files) || Object.values(files).every((id) => text(id) === '')) return null;
  const rows = findFiles(world, files);
  const sizes = sizesOf(rows);
  const config = tryReadConfig(world, rows);
  const isError = config instanceof PressError;
  return {
    data: jobData(world, rows, isError ? {} : config, skipFailingPatches),
    remoteFiles: namesOf(rows),
    fault: fetchFault(world, rows),
    config: isError ? {} : config,
    lateError: isError ? config : null,
    checkSpace: (place) => {
      checkSpace(world, place, sizes);
    },
  };
}

/** The link to a file of a site's backup is what makes the server commit before it reads on. */
function tryReadConfig(world: World, files: RestoreFiles): Record<string, Json> | PressError {
  const commits = [files.database, files.public, files.private].some((file) => file?.site != null);
  try {
    return readConfig(world, files);
  } catch (error) {
    if (error instanceof PressError && commits) return error;
    throw error;
  }
}
