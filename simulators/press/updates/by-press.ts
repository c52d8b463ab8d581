import { PressError } from '../http/errors.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import type { BenchRow } from '../world/catalogue.js';
import type { SiteRow } from '../world/model.js';
import { timeOfDay } from '../world/time.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { scheduleUpdate } from './create.js';
import { newerBench } from './destination.js';

const OWNER = 'Administrator';
const HOUR = milliseconds(3_600_000);
/** Local hours in which Press updates sites by itself (C 2.1). */
const HOURS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 21, 22, 23]);

/** An update that Press begins by itself. @throws what refuses it */
export const updateByPress = (world: World, site: SiteRow): UpdateRow =>
  scheduleUpdate(world, site, {
    user: OWNER,
    skipBackups: false,
    skipFailingPatches: false,
    scheduledTime: null,
  });

/** Press's own updates, where `timings.autoUpdates` wants them (C 2.1). */
export function installAutoUpdates(world: World): void {
  if (world.timings.autoUpdates === 0) return;
  world.onTask('update.auto', () => {
    scheduleNext(world);
    const hour = Math.floor(timeOfDay(world.now(), world.state.utcOffsetMinutes) / HOUR);
    if (HOURS.has(hour)) updateAll(world);
  });
  if (!world.state.tasks.some(({ kind }) => kind === 'update.auto')) scheduleNext(world);
}

function scheduleNext(world: World): void {
  const round = milliseconds(world.timings.autoUpdates);
  world.schedule(ceilTo(world.now() + 1, round), 'update.auto', null);
}

function updateAll(world: World): void {
  for (const site of Object.values(world.state.sites)) {
    const bench = newerBench(world, site);
    const isMeant = site.status === 'Active' && !site.skipAutoUpdates;
    if (!isMeant || bench === undefined || hasFailedBefore(world, site, bench)) continue;
    try {
      updateByPress(world, site);
    } catch (error) {
      // Something else has the site: the next round will do.
      if (!(error instanceof PressError)) throw error;
    }
  }
}

/** What failed once for any site is not begun again by itself, from this image to that (C 2.1). */
function hasFailedBefore(world: World, site: SiteRow, destination: BenchRow): boolean {
  const imageOf = (bench: string): string | undefined => world.state.benches[bench]?.candidate;
  return Object.values(world.state.updates).some(
    (row) =>
      (row.status === 'Recovered' || row.status === 'Fatal') &&
      imageOf(row.source.bench) === imageOf(site.bench) &&
      imageOf(row.destination.bench) === destination.candidate,
  );
}
