import type { JobFault } from '../fault-types.js';
import { crash } from '../http/errors.js';
import { DOWNLOAD_STEP } from '../jobs/job-types.js';
import { linkEnd } from '../storage/links.js';
import type { Json } from '../types.js';
import type { DataKind } from '../world/backups.js';
import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { DATA_KINDS, markOf, type RestoreFiles } from './files.js';

/** Steps that run for public and private files without a database (B 2.4). */
const FILES_ONLY: ReadonlySet<string> = new Set([
  DOWNLOAD_STEP,
  'Restore Files',
  'Delete Downloaded Backup Files',
]);
/** Steps that do not run for a database: its files come with it, and nothing has failed. */
const NOT_FOR_DATABASE: ReadonlySet<string> = new Set([
  'Restore Files',
  'Checksum of Downloaded Backup Files',
]);

/** Sizes of the files. @throws AssertionError for an upload that was registered without its size. */
export function sizesOf(files: RestoreFiles): Record<DataKind, number> {
  const size = (kind: DataKind): number => {
    const file = files[kind];
    if (file === null) return 0;
    if (file.size === null && file.url === null) throw crash('AssertionError', '');
    return file.size ?? 0;
  };
  return { database: size('database'), public: size('public'), private: size('private') };
}

/** Which steps of a restore are left out: everything, when no file is given (B 2.2, B 2.4). */
export function leftOutSteps(files: RestoreFiles, steps: readonly string[]): string[] {
  const runs = (step: string): boolean => {
    if (files.database !== null) return !NOT_FOR_DATABASE.has(step);
    return (files.public ?? files.private) !== null && FILES_ONLY.has(step);
  };
  return steps.filter((step) => !runs(step));
}

/** What the job needs to know of its files: what they hold, and how long its links are good. */
export function jobData(
  world: World,
  files: RestoreFiles,
  config: Record<string, Json>,
  skipFailingPatches: boolean,
): JobRow['data'] {
  const given = DATA_KINDS.filter((kind) => files[kind] !== null);
  const mark = (kind: DataKind): string | null => {
    const file = files[kind];
    return file === null ? null : markOf(world, file);
  };
  return {
    given: [...given],
    marks: Object.fromEntries(given.map((kind) => [kind, mark(kind)])),
    hasConfig: files.config !== null,
    encryptionKey: config.encryption_key ?? null,
    linksUntil: linkEnd(world),
    skipFailingPatches,
  };
}

/** A file that is not there is only missed by the server that wants to fetch it. */
export function fetchFault(world: World, files: RestoreFiles): JobFault | null {
  const isAbsent = DATA_KINDS.some((kind) => {
    const file = files[kind];
    return file !== null && markOf(world, file) === null;
  });
  return isAbsent ? { kind: 'fail_step', step: DOWNLOAD_STEP, output: '404 Not Found' } : null;
}
