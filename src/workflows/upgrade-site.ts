import type { UpgradeSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import type { UpgradeTarget } from '../domain/site-changes.js';
import { addServer, planUpgrade, startUpgrade } from './activities.js';
import { afterUpdate } from './after-update.js';
import { operation } from './operation.js';
import type { Op } from './runbook.js';
import { safetyCopy } from './safety-copy.js';
import { buildBench, upgradeByPress } from './upgrade-bench.js';

/**
 * Brings a site to the next major version.
 *
 * 1. bench          a new one, by us or by Press:         drop its group: upgrade-bench.ts
 *                   only where it was asked for
 *    add server     only when our group is not on the     stays: Press prunes it after a week
 *                   site's server yet
 * 2. safety copy    of right now
 * 3. upgrade        point of no return                    Press puts it back; else the copy does,
 *                                                         or a person decides: after-update.ts
 * 4. verify         version, group, apps, HTTP            else a person decides
 */
export async function upgradeSite(input: UpgradeSiteInput): Promise<OperationResult> {
  return operation('upgrade', input, planUpgrade, async (op, plan) => {
    const { account } = input;
    if (plan.material.target.path === 'new_bench_by_press') {
      return afterUpdate(op, await upgradeByPress(op, account, plan.material.target));
    }
    const target = await readyBench(op, plan.material.target);
    const copy = await safetyCopy(op, target.site, target.copy);

    op.pointOfNoReturn();
    const running = await op.command('upgrade', startUpgrade, { target });
    const settled = await op.outcomeOf(running);
    return afterUpdate(op, { account, change: target, running, settled, copy });
  });
}

/** Sees that a bench of the next version stands on the server of the site. */
async function readyBench(op: Op, target: UpgradeTarget): Promise<UpgradeTarget> {
  const { path, site, group, server } = target;
  if (path === 'new_bench') return buildBench(op, target);
  if (path === 'add_server' && group !== null) {
    const added = await op.command('add server', addServer, { site, group, server });
    if (added.sent.how !== 'already_so') {
      op.stays('add server', `${group} stays on ${server} until Press prunes it, after a week`);
    }
    await op.settle(added);
  }
  return target;
}
