import { milliseconds } from '../jobs/agent.js';
import { text } from '../json.js';
import type { ObjectRow } from '../world/backups.js';
import type { World } from '../world/world.js';
import { madeFile, type MadeFile } from './made-files.js';
import { once, type Segment } from './segments.js';

/** The content of an object, or null when there is none of that name. */
export function segmentsOf(world: World, key: string): Segment[] | null {
  const object = world.state.objects[key];
  if (object === undefined) return null;
  if (object.body !== null) return [once(Buffer.from(object.body, 'base64'))];
  return madeFile({ kind: kindOf(key), site: siteOf(key), mark: object.mark, size: object.size });
}

/** The keys of offsite backups are `<site>/<day>/<file>`. */
const siteOf = (key: string): string => key.split('/')[0] ?? '';

function kindOf(key: string): MadeFile['kind'] {
  if (key.endsWith('-private-files.tar')) return 'private';
  return key.endsWith('-files.tar') ? 'public' : 'database';
}

/** Stores an upload; the bucket expires everything after a day (B 3.3). */
export function storeUpload(world: World, object: ObjectRow): void {
  world.state.objects[object.key] = object;
  const end = world.now() + milliseconds(world.timings.uploadKept);
  world.schedule(end, 'object.expire', object.key);
}

export function installUploads(world: World): void {
  world.onTask('object.expire', (ref) => {
    Reflect.deleteProperty(world.state.objects, text(ref));
  });
}

/** The text of a small object, e.g. a configuration file; null when it is too large or not there. */
export function textOf(world: World, { key }: Pick<ObjectRow, 'key'>): string | null {
  const body = world.state.objects[key]?.body;
  return body === undefined || body === null ? null : Buffer.from(body, 'base64').toString('utf8');
}
