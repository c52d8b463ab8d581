import { activeBenches } from '../benches/status.js';
import { refuse } from '../http/errors.js';
import type { BenchRow } from '../world/catalogue.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

/** Active benches of a group on the site's server, the newest last. */
const benchesFor = (world: World, site: SiteRow, group: string): BenchRow[] =>
  activeBenches(world, group).filter(({ server }) => server === site.server);

/** The newer bench of its own group a site could go to. */
export function newerBench(world: World, site: SiteRow): BenchRow | undefined {
  const source = world.state.benches[site.bench];
  const newest = benchesFor(world, site, site.group).at(-1);
  return newest !== undefined && newest.creation > (source?.creation ?? 0) ? newest : undefined;
}

/** Whether lists mask the site as "Update Available" (A 2.3): a newer bench, or by control. */
export const hasUpdate = (world: World, site: SiteRow): boolean =>
  newerBench(world, site) !== undefined ||
  world.state.benches[site.bench]?.updateAvailable === true;

/**
 * Where an update goes: into another group, or onward in its own.
 *
 * @throws 417
 */
export function chooseDestination(world: World, site: SiteRow, group: string | null): BenchRow {
  const isOther = group !== null && group !== site.group;
  const bench = isOther ? benchesFor(world, site, group).at(-1) : newerBench(world, site);
  if (bench === undefined) throw refuse('Could not find suitable Destination Bench');
  const absent = site.apps.filter((app) => !bench.apps.includes(app));
  if (absent.length === 0) return bench;
  throw refuse(
    `Destination Bench ${bench.name} doesn't have some of the apps installed on the site: ` +
      `${absent.join(', ')}. Please uninstall them to proceed.`,
  );
}
