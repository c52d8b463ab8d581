import type { UpdateSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import { planUpdate, startUpdate } from './activities.js';
import { afterUpdate } from './after-update.js';
import { operation } from './operation.js';
import { safetyCopy } from './safety-copy.js';

/**
 * Brings a site to the newest bench of its own group.
 *
 * 1. safety copy    of right now
 * 2. update         point of no return    Press puts it back; else the copy does, or a person
 *                                         decides: after-update.ts
 * 3. verify         bench, apps, HTTP     else a person decides
 */
export async function updateSite(input: UpdateSiteInput): Promise<OperationResult> {
  return operation('update', input, planUpdate, async (op, plan) => {
    const { target } = plan.material;
    const copy = await safetyCopy(op, target.site, target.copy);

    op.pointOfNoReturn();
    const running = await op.command('update', startUpdate, { target });
    const settled = await op.outcomeOf(running);
    return afterUpdate(op, { account: input.account, change: target, running, settled, copy });
  });
}
