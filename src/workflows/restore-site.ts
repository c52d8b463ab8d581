import type { RestoreSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import { planRestore } from './activities.js';
import { operation } from './operation.js';
import { putIn } from './putting-in.js';
import { safetyCopy } from './safety-copy.js';

/**
 * Puts other data into a site.
 *
 * 1. safety copy    of today's state, where the site can serve it; else somebody has acknowledged
 *                   that there is none
 * 2. upload         a copy from the vault, whole or not at all; gone at Press after a day
 * 3. restore        point of no return    by the step that failed: fresh links, without failing
 *                                         patches, the safety copy, a person: putting-in.ts
 * 4. re-sync        what was Inactive, or is in maintenance still
 * 5. verify         Active, apps, HTTP    else a person decides, also for the safety copy
 */
export async function restoreSite(input: RestoreSiteInput): Promise<OperationResult> {
  return operation('restore', input, planRestore, async (op, plan) => {
    const { target } = plan.material;
    const copy = await safetyCopy(op, target.site, target.safetyCopy);
    const details = await putIn(op, { account: input.account, target, copy });
    return op.succeed(details);
  });
}
