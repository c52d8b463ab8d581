import type { DeployGroupArgs, NewGroupArgs, OrderBenchArgs } from '../../domain/new-bench.js';
import type { Sent } from '../../domain/trackers.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { deployGroupCommand } from './deploy-group.js';
import { firstApps, newGroupCommand } from './new-group.js';
import { knowItsZone, orderBenchCommand } from './order-bench.js';

/** Bench groups made for an upgrade, each effect sent once (D 4.1). */
export function createBenchGroupActivities(deps: ActivityDeps) {
  const { accounts, timing } = deps;
  return {
    /** Makes an empty group of ours. */
    async makeGroup({ key, account: name, site, bench }: NewGroupArgs): Promise<Sent> {
      const account = accounts.get(name);
      return whileBeating(async (signal) => {
        const apps = await firstApps(account, bench.version, { signal });
        const command = newGroupCommand(account, key, { site, bench, apps }, { signal });
        return runCommand(deps, command);
      });
    },

    /** Builds the image of a group that has none, and its bench. */
    async deployGroup({ key, account: name, group }: DeployGroupArgs): Promise<Sent> {
      const account = accounts.get(name);
      return whileBeating((signal) =>
        runCommand(deps, deployGroupCommand(account, key, group, { signal })),
      );
    },

    /** Has Press make a bench for a site on a public one, and upgrade it there at a time. */
    async orderBench({ key, account: name, ...order }: OrderBenchArgs): Promise<Sent> {
      const account = accounts.get(name);
      return whileBeating(async (signal) => {
        await knowItsZone(account, order.target.site, timing.proofInterval);
        return runCommand(deps, orderBenchCommand(account, key, order, { signal }));
      });
    },
  };
}
