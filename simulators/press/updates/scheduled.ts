import { PressError, refuse } from '../http/errors.js';
import { text } from '../json.js';
import { notifyRefusedUpdate } from '../jobs/notifications.js';
import type { Micros, SiteRow } from '../world/model.js';
import type { UpdateRow } from '../world/updates.js';
import type { World } from '../world/world.js';
import { checkedDestination } from './create.js';
import { isBusy, startUpdate, waitForTime } from './start.js';

/** Registers what happens when the time of an update has come. */
export function installScheduledUpdates(world: World): void {
  world.onTask('update.start', (ref) => {
    const update = world.state.updates[text(ref)];
    const site = world.state.sites[update?.site ?? ''];
    if (update?.status !== 'Scheduled' || site === undefined) return;
    const { scheduledTime } = update;
    if (scheduledTime !== null && scheduledTime <= world.now()) begin(world, site, update);
  });
}

/** Looked at again before it begins: what would be refused now is Cancelled (C 2.1). */
function begin(world: World, site: SiteRow, update: UpdateRow): void {
  if (isBusy(site)) {
    waitForTime(world, update, update.scheduledTime);
    return;
  }
  try {
    const { name, group } = checkedDestination(world, site, update.destination.group);
    update.source = { bench: site.bench, group: site.group };
    update.destination = { bench: name, group };
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
    update.status = 'Cancelled';
    world.touch(update);
    notifyRefusedUpdate(world, update, error.message);
    return;
  }
  startUpdate(world, site, update);
}

interface Edit {
  skipBackups: boolean;
  skipFailingPatches: boolean;
  scheduledTime: Micros | null;
}

/** What is not sent is reset, and whose update it is, is not asked (C 2.3). */
export function editUpdate(world: World, update: UpdateRow, user: string, edit: Edit): void {
  const { scheduledTime, ...switches } = edit;
  Object.assign(update, switches);
  if (update.status === 'Scheduled') waitForTime(world, update, scheduledTime);
  else update.scheduledTime = scheduledTime;
  world.touch(update, user);
  world.effect('update.edit', update.name);
}

export function cancelUpdate(world: World, update: UpdateRow, user: string): void {
  if (update.status !== 'Scheduled') {
    throw refuse(
      `Cannot cancel a Site Update with status ${update.status}. ` +
        'Please wait for the site update to complete.',
    );
  }
  update.status = 'Cancelled';
  world.touch(update, user);
  world.effect('update.cancel', update.name);
}
