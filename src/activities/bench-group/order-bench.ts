import type { CommandKey } from '../../domain/operations.js';
import type { NewBench } from '../../domain/new-bench.js';
import type { UpgradeTarget } from '../../domain/site-changes.js';
import { PRODUCTION_TIMING } from '../../domain/timing.js';
import type { Tracker } from '../../domain/trackers.js';
import {
  type Account,
  calibrateClock,
  type CallOptions,
  createPrivateBenchForUpgrade,
  toNaive,
} from '../../frappe-cloud/index.js';
import type { RemoteCommand } from '../commands.js';
import { NotYet, Refused } from '../errors.js';
import { checkAlone, groupFound, locateGroup } from './new-group.js';
import { refusedByVersion } from './shape-group.js';

/** By the clock of Press, whose hours are hours. */
const { benchRoom } = PRODUCTION_TIMING;

/** What is ordered. */
export interface BenchOrder {
  readonly target: Pick<UpgradeTarget, 'site' | 'before' | 'skipFailingPatches'>;
  readonly bench: NewBench;
}

/**
 * `create_private_bench_for_site_upgrade` (C 1.4): a group with its first build, and an upgrade that
 * Press begins by itself. It commits half way, and two of them that overlap are two groups whose
 * records block each other (observed-2 1.7).
 */
export function orderBenchCommand(
  account: Account,
  key: CommandKey,
  { target, bench }: BenchOrder,
  options: CallOptions,
): RemoteCommand {
  const { site, before, skipFailingPatches } = target;
  const { title } = bench;
  const tracker = (group: string): Tracker => ({ kind: 'group-build', group });
  return {
    key,
    account,
    endpoint: 'press.api.site.create_private_bench_for_site_upgrade',
    payload: { site, title, customApps: bench.customApps, skipFailingPatches },
    repeat: 'after_horizon',
    commitsEarly: true,
    async locate(since) {
      const found = await locateGroup(account, { site, title }, since, options);
      return groupFound(found, tracker);
    },
    async send(since) {
      // Press would take a time gone by for "as soon as the bench stands", copy or not (D 1.7).
      if (account.clock.now() > since + benchRoom / 2) {
        throw new Refused(
          'Press could not be reached for too long: the time for build and copy is over',
        );
      }
      const args = {
        site,
        version: before.version ?? '',
        release_group_title: title,
        custom_app_sources: bench.customApps.map(({ app, branch, repositoryUrl }) => ({
          app,
          branch,
          repository_url: repositoryUrl,
        })),
        // Always the same, however often it is sent; by the clock of Press.
        scheduled_time: toNaive(since + benchRoom, account.clock),
        // Never without: it is what Press goes back by (D 2.2).
        skip_backups: false,
        skip_failing_patches: skipFailingPatches,
      };
      const group = await refusedByVersion(() =>
        createPrivateBenchForUpgrade(account.press, args, options),
      );
      await checkAlone(account, title, options);
      return tracker(group);
    },
  };
}

/** A time is written in the zone of the server. @throws NotYet while that is not known */
export async function knowItsZone(account: Account, site: string, waitMs: number): Promise<void> {
  if (await calibrateClock(account, site)) return;
  throw new NotYet('the time zone of Press cannot be told yet', waitMs);
}
