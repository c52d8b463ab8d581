import { crash, missing } from '../http/errors.js';
import { isObject, text } from '../json.js';
import { textOf } from '../storage/objects.js';
import type { Json } from '../types.js';
import type { DataKind, FileKind, RemoteFileRow } from '../world/backups.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { contentOfLink } from './link-content.js';

/** The Remote Files a restore was given. */
export type RestoreFiles = Record<FileKind, RemoteFileRow | null>;

export const DATA_KINDS: readonly DataKind[] = ['database', 'public', 'private'];

/** Missing, null and "" are equal. @throws 404 for an id that is none. */
export function findFiles(world: World, files: Json | undefined): RestoreFiles {
  const ids = isObject(files) ? files : {};
  const find = (kind: FileKind): RemoteFileRow | null => {
    const id = text(ids[kind]);
    const row = world.state.remoteFiles[id];
    if (id !== '' && row === undefined) throw missing('Remote File', id);
    return row ?? null;
  };
  return {
    database: find('database'),
    public: find('public'),
    private: find('private'),
    config: find('config'),
  };
}

/** The ids of the files that were given. */
export function namesOf(files: RestoreFiles): SiteRow['remoteFiles'] {
  const given = Object.entries(files).filter(([, file]) => file !== null);
  return Object.fromEntries(given.map(([kind, file]) => [kind, file?.name ?? '']));
}

/** What the file holds, or null when there is nothing behind it. */
export function markOf(world: World, file: RemoteFileRow): string | null {
  if (file.url !== null) return contentOfLink(world, file.url)?.mark ?? null;
  return world.state.storageReachable ? (world.state.objects[file.key]?.mark ?? null) : null;
}

/**
 * A restore looks whether database and configuration are there; the others are not asked (B 2.1).
 *
 * @throws Exception 500
 */
export function probe(world: World, files: RestoreFiles): void {
  for (const file of [files.database, files.config]) {
    if (file !== null && markOf(world, file) === null) {
      throw crash('Exception', `Remote File ${file.name} is unavailable on S3`);
    }
  }
}

/**
 * The configuration file is read during the call.
 *
 * @throws NoSuchKey or JSONDecodeError, both 500
 */
export function readConfig(world: World, files: RestoreFiles): Record<string, Json> {
  const { config } = files;
  if (config === null) return {};
  const content =
    config.url === null ? textOf(world, config) : contentOfLink(world, config.url)?.text;
  if (content === null || content === undefined) {
    throw crash(
      'NoSuchKey',
      'An error occurred (NoSuchKey) when calling the GetObject operation: ' +
        'The specified key does not exist.',
    );
  }
  return parsed(content);
}

function parsed(content: string): Record<string, Json> {
  try {
    const config = JSON.parse(content) as Json;
    return isObject(config) ? config : {};
  } catch {
    throw crash('JSONDecodeError', 'Expecting value: line 1 column 1 (char 0)');
  }
}
