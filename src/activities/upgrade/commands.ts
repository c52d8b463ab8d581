import type { ServerArgs, UpdateArgs, UpgradeArgs } from '../../domain/site-changes.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import {
  addServerToGroup,
  isAddedAlready,
  PressError,
  PressErrorCode,
  scheduleUpdate,
  updateRefusal,
  validateGroupForUpgrade,
  versionUpgrade,
} from '../../frappe-cloud/index.js';
import { standsOn } from '../bench-group/group-standing.js';
import { afterEffect, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { groupOfBench, locateUpdate, type Sought } from './locate-update.js';

/** Remote effects of upgrades and updates, each sent once (D 4.1). */
export function createUpgradeActivities(deps: ActivityDeps) {
  const { accounts, timing } = deps;
  return {
    /** Moves a site to the next version; Press names nothing, its Site Update is looked up (C 1.1). */
    async startUpgrade({ key, account: name, target }: UpgradeArgs): Promise<Sent> {
      const account = accounts.get(name);
      const { site, before, group, skipFailingPatches } = target;
      const sought: Sought = {
        site,
        fits: ({ source_bench, destination_bench }) => {
          const destination = groupOfBench(destination_bench);
          const isOurs = group === null ? destination !== before.group : destination === group;
          return source_bench === before.bench && isOurs;
        },
      };
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.site.version_upgrade',
          payload: { site, group, skipFailingPatches },
          repeat: 'after_horizon',
          locate: (since) => locateUpdate(account, sought, since, { signal }),
          async send(since): Promise<Tracker> {
            const args = {
              site,
              destination_group: group,
              scheduled_datetime: null,
              // Never without: it is what Press goes back by (D 2.2).
              skip_backups: false,
              skip_failing_patches: skipFailingPatches,
            };
            await busyIsBusy(() => versionUpgrade(account.press, args, { signal }));
            const found = await afterEffect(deps, () =>
              locateUpdate(account, sought, since, { signal }),
            );
            if (found.state === 'found') return found.tracker;
            throw new NotYet('accepted, its update is not to be seen yet', timing.pollFirst);
          },
        }),
      );
    },

    /** Brings a site to the newest bench of its group (C 2.2). */
    async startUpdate({ key, account: name, target }: UpdateArgs): Promise<Sent> {
      const account = accounts.get(name);
      const { site, before, skipFailingPatches } = target;
      const sought: Sought = {
        site,
        fits: ({ source_bench, destination_bench }) =>
          source_bench === before.bench && groupOfBench(destination_bench) === before.group,
      };
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.client.run_doc_method Site.schedule_update',
          payload: { site, skipFailingPatches },
          repeat: 'after_horizon',
          locate: (since) => locateUpdate(account, sought, since, { signal }),
          async send(): Promise<Tracker> {
            const args = {
              site,
              skip_backups: false,
              skip_failing_patches: skipFailingPatches,
            };
            const update = await scheduleUpdate(account.press, args, { signal });
            return { kind: 'site-update', site, update };
          },
        }),
      );
    },

    /**
     * Puts a group up on the server of a site too, unless it works there already (C 1.5). Nothing takes
     * it away again.
     */
    async addServer({ key, account: name, site, group, server }: ServerArgs): Promise<Sent> {
      const account = accounts.get(name);
      const tracker: Tracker = { kind: 'bench-on-server', group, server };
      return whileBeating(async (signal) => {
        const isNew = (await deps.ledger.getCommand(key)) === null;
        if (isNew && (await standsOn(account, group, server))) {
          return { tracker: { kind: 'done' }, how: 'already_so' };
        }
        return runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.site.add_server_to_release_group',
          payload: { site, group, server },
          repeat: 'after_horizon',
          async locate() {
            const added = await validateGroupForUpgrade(account.press, { site, group }, { signal });
            return added ? { state: 'found', tracker, evidence: { group } } : { state: 'none' };
          },
          async send(): Promise<Tracker> {
            try {
              await addServerToGroup(account.press, { site, group }, { signal });
            } catch (error) {
              // Whoever added it: it is there, as asked.
              if (!isAddedAlready(error)) throw error;
            }
            return tracker;
          },
        });
      });
    },
  };
}

/**
 * An upgrade that finds the site busy is refused in words about its own vanished record; it may pass
 * later, as the same refusal of any other call (C 1.1, observed-2 2).
 */
async function busyIsBusy<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (updateRefusal(error) !== 'site_busy' || !(error instanceof PressError)) throw error;
    throw new PressError({ ...error.toJSON(), code: PressErrorCode.BUSY });
  }
}
