import { refuse } from '../http/errors.js';
import { cancelUpgradesTo } from '../updates/upgrade-start.js';
import type { GroupRow } from '../world/catalogue.js';
import type { ServerRow } from '../world/deploys.js';
import type { Micros } from '../world/model.js';
import type { World } from '../world/world.js';
import { archiveBench } from './archive.js';
import { standardSources } from './releases.js';
import { activeBenches } from './status.js';

interface NewGroup {
  title: string;
  version: string;
  apps: string[];
  /** App Sources by app; default: the platform's own of the version. */
  sources?: Record<string, string>;
  server: string;
  team: string;
  user: string;
}

/** Inserts a release group: no build, no bench, no cost (D 1.1). */
export function createGroup(world: World, request: NewGroup): GroupRow {
  checkApps(request.apps);
  const number = Object.keys(world.state.groups).length + 1;
  const group: GroupRow = {
    ...world.newRow(request.user, `bench-${String(number).padStart(4, '0')}`),
    title: request.title,
    version: request.version,
    team: request.team,
    public: false,
    default: false,
    enabled: true,
    apps: [...request.apps],
    sources: request.sources ?? standardSources(world, request.version, request.apps),
    servers: [request.server],
    tags: [],
  };
  world.state.groups[group.name] = group;
  world.effect('group.create', group.title);
  return group;
}

/** Rules of every save of a group (D 1.0). */
export function checkApps(apps: readonly string[]): void {
  if (apps[0] !== 'frappe') throw refuse('First app must be Frappe');
  const twice = apps.find((app, index) => apps.indexOf(app) !== index);
  if (twice !== undefined) throw refuse(`App ${twice} can be added only once`);
}

/** Groups of a title that a check made at `checkedAt` could see: nothing locks the title. */
export function groupsTitled(world: World, title: string, checkedAt: Micros): GroupRow[] {
  return Object.values(world.state.groups).filter(
    (group) => group.title === title && group.creation <= checkedAt,
  );
}

/** The server the platform chooses for a new bench. */
export function publicServer(
  world: World,
  wanted: { cluster: string | null; provider?: string | undefined },
): ServerRow {
  const server = Object.values(world.state.servers).find(
    (row) =>
      row.public &&
      row.forNewBenches &&
      (wanted.cluster === null || row.cluster === wanted.cluster) &&
      (wanted.provider === undefined || row.provider === wanted.provider),
  );
  if (server !== undefined) return server;
  throw refuse(
    'There are no available servers to place new benches on. Please add a server to this bench ' +
      'group, or contact support if you expected one to be available.',
  );
}

/**
 * Deletes a group (A 3.9): upgrades that lead there are Cancelled, its Active benches are archived,
 * the title grows, the row stays. Benches that are Pending, Installing or Broken and running builds
 * are left alone.
 *
 * @throws ArchiveBenchError; the upgrades are Cancelled all the same, and benches before the one that
 *   refuses are being archived already.
 */
export function deleteGroup(world: World, group: GroupRow, user: string): void {
  cancelUpgradesTo(world, group.name);
  dropGroup(world, group, user);
}

/** `press.api.bench.archive`: the same, but upgrades that lead there stay as they are (A 3.9). */
export function dropGroup(world: World, group: GroupRow, user: string): void {
  for (const bench of activeBenches(world, group.name)) archiveBench(world, bench, user);
  group.title = freeTitle(world, `${group.title}.archived`);
  group.enabled = false;
  world.touch(group, user);
  world.effect('group.delete', group.name);
}

/** `.archived`, or `.archived.1` when another group has that (r2-seq-cleanup-after-double). */
function freeTitle(world: World, base: string): string {
  const taken = new Set(Object.values(world.state.groups).map(({ title }) => title));
  let candidate = base;
  for (let n = 1; taken.has(candidate); n += 1) candidate = `${base}.${n}`;
  return candidate;
}
