import type { BackUpSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import { planBackup, verifyBackup } from './activities.js';
import { operation } from './operation.js';
import { copyIntoVault, takeOne } from './safety-copy.js';

/**
 * Makes a backup of a site. What was made stays, also when the operation is cancelled.
 *
 * 1. backup        at Press                    failed: once more by itself, then a person decides
 * 2. safety copy   into the vault; or
 *    verify        it is there, at Press       else a person decides
 */
export async function backUpSite(input: BackUpSiteInput): Promise<OperationResult> {
  return operation('backup', input, planBackup, async (op, plan) => {
    const { site, what, keep } = plan.material.target;
    if (keep === 'vault') {
      const { takenAt, parts, bytes } = await copyIntoVault(op, site);
      return op.succeed({ takenAt, parts: parts.join(', '), bytes: `${bytes}` });
    }
    const backup = await takeOne(op, site, what);
    const { details } = await op.verify(verifyBackup, (deadline) => ({
      account: input.account,
      site,
      backup,
      deadline,
    }));
    return op.succeed(details);
  });
}
