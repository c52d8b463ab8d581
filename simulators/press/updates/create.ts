import { refuse } from '../http/errors.js';
import { migrationsOf } from '../moves/migrations.js';
import { recordActivity } from '../sites/activity.js';
import { checkSiteAction } from '../sites/guards.js';
import { refuseAfterFatalUpdate } from '../sites/lifecycle.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { chooseDestination } from './destination.js';
import { isOpenUpdate } from './open.js';
import { startUpdate, waitForTime } from './start.js';

export interface UpdateRequest {
  user: string;
  skipBackups: boolean;
  skipFailingPatches: boolean;
  scheduledTime: Micros | null;
  /** Another group, for a version upgrade. */
  group?: string;
}

/** `Site.schedule_update`: at once, or at a time that may lie in the past (C 2.2). */
export function scheduleUpdate(world: World, site: SiteRow, request: UpdateRequest): UpdateRow {
  checkSiteAction(site, 'schedule_update', ['Active', 'Inactive', 'Suspended', 'Broken']);
  const update = insertUpdate(world, site, request);
  if (request.scheduledTime === null) startUpdate(world, site, update);
  else waitForTime(world, update, request.scheduledTime);
  return update;
}

/** Inserts a Site Update as Pending. @throws 417 in the order of C 2.1 */
export function insertUpdate(world: World, site: SiteRow, request: UpdateRequest): UpdateRow {
  refuseWhenScheduled(world, site);
  const destination = checkedDestination(world, site, request.group ?? null);
  if (updatesOf(world, site).some(isOpenUpdate)) {
    throw refuse('An update is already pending for this site');
  }
  recordActivity(world, site, request.user, 'Update');
  const update: UpdateRow = {
    ...world.newRow(request.user),
    site: site.name,
    team: site.team,
    status: 'Pending',
    source: { bench: site.bench, group: site.group },
    destination: { bench: destination.name, group: destination.group },
    difference: world.hash(),
    scheduledTime: null,
    skipBackups: request.skipBackups,
    skipFailingPatches: request.skipFailingPatches,
    updateJob: null,
    recoverJob: null,
    start: null,
    end: null,
    siteStatusBefore: site.status,
  };
  world.state.updates[update.name] = update;
  world.effect('update.create', site.name);
  return update;
}

/** What is checked again when a scheduled update is edited or begins. */
export function checkedDestination(world: World, site: SiteRow, group: string | null) {
  refuseAfterFatalUpdate(site);
  return chooseDestination(world, site, group);
}

/** `ready_for_move`, which an archive asks as well (B 4.2). @throws 417 */
export function refuseWhenScheduled(world: World, site: SiteRow): void {
  const migration = migrationsOf(world, site).find(({ status }) => status === 'Scheduled');
  if (migration !== undefined) {
    const at = world.localShort(migration.scheduledTime);
    throw refuse(`Site Migration is scheduled for ${site.name} at ${at ?? 'None'}`);
  }
  const scheduled = updatesOf(world, site).find(({ status }) => status === 'Scheduled');
  if (scheduled === undefined) return;
  const time = world.localShort(scheduled.scheduledTime);
  throw refuse(`Site Update is scheduled for ${site.name} at ${time ?? 'None'}`);
}

/** The oldest first. */
export function updatesOf(world: World, site: SiteRow): UpdateRow[] {
  return Object.values(world.state.updates)
    .filter((row) => row.site === site.name)
    .sort((a, b) => a.creation - b.creation);
}
