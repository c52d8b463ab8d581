import { versionNumber } from '../documents/app-views.js';
import { PressError } from '../http/errors.js';
import type { DataKind } from '../world/backups.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

/** First version that streams a dump instead of unpacking it. */
const STREAMS_SINCE = 14;
/** How much a compressed dump grows, and once more for the log of the database (B 2.8). */
const GROWTH = 8;
const GIB = 1024 ** 3;

/** Where a site stands or is to stand. */
type Place = Pick<SiteRow, 'server' | 'group'>;

interface Space {
  app: number;
  database: number;
}

/** What a restore of files of these compressed sizes needs on both servers (B 2.8). */
export function requiredSpace(world: World, site: Place, sizes: Record<DataKind, number>): Space {
  const { database, public: publicSize, private: privateSize } = sizes;
  const version = versionNumber(world, world.state.groups[site.group]);
  const unpacked = version >= STREAMS_SINCE ? 0 : GROWTH * database;
  return {
    app: database + publicSize + privateSize + unpacked + publicSize + privateSize,
    database: 2 * GROWTH * database,
  };
}

/** Null on a public server, which grows when it must. */
export function freeSpace(world: World, site: Place): Space | null {
  const server = world.state.servers[site.server];
  if (server === undefined || server.public) return null;
  return { app: server.freeBytes, database: server.freeBytes };
}

/** @throws 417 InsufficientSpaceOnServer; the words "create site" are used for restores too. */
export function checkSpace(world: World, site: Place, sizes: Record<DataKind, number>): void {
  const free = freeSpace(world, site);
  if (free === null) return;
  const required = requiredSpace(world, site, sizes);
  check('Application', required.app, free.app);
  check('Database', required.database, free.database);
}

function check(server: string, required: number, free: number): void {
  if (free > required) return;
  const inGib = (bytes: number): string => `${(bytes / GIB).toFixed(2)} GiB`;
  throw new PressError(
    'InsufficientSpaceOnServer',
    `Insufficient estimated space on ${server} server to create site. ` +
      `Required: ${inGib(required)}, Available: ${inGib(free)} (Need ${inGib(required - free)} more).`,
  );
}
