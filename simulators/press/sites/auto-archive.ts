import { PressError } from '../http/errors.js';
import { milliseconds } from '../jobs/agent.js';
import { text } from '../json.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { archiveSite } from './actions.js';

const REASON = 'Site creation failed and was not restored within 14 days';

/** A failed creation, and a failed restore of any site, lights a fuse (B 2.5). */
export function markCreationFailed(world: World, site: SiteRow): void {
  site.creationFailed = world.stamp();
  const due = site.creationFailed + milliseconds(world.timings.creationFailedKept);
  world.schedule(due, 'site.give-up', site.name);
}

/** Registers the archiving of sites that were left Broken after that. */
export function installAutoArchive(world: World): void {
  world.onTask('site.give-up', (ref) => {
    const site = world.state.sites[text(ref)];
    const failed = site?.creationFailed ?? null;
    if (site?.status !== 'Broken' || failed === null) return;
    // A later failure has a fuse of its own.
    if (world.now() - failed < milliseconds(world.timings.creationFailedKept)) return;
    try {
      archiveSite(world, site, 'Administrator', { reason: REASON, offsiteBackup: true });
    } catch (error) {
      // An update is scheduled for it: nobody archives it then.
      if (!(error instanceof PressError)) throw error;
    }
  });
}
