import type { UnarchiveSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import { createSite, planUnarchive, verifyProvision } from './activities.js';
import { operation } from './operation.js';
import { restoreCopy } from './restoring.js';
import { problemOfSettled } from './tracking.js';

/**
 * Makes a site again that was archived, under its old name.
 *
 * 1. create     a new site on its old group      undo: archive it, no backup
 * 2. restore    the copy, with its configuration  undone with the site
 * 3. verify     Active, apps, plan, HTTP          else a person decides
 *
 * What does not come back is listed.
 */
export async function unarchiveSite(input: UnarchiveSiteInput): Promise<OperationResult> {
  return operation('unarchive', input, planUnarchive, async (op, plan) => {
    const { site: target, copy, lost } = plan.material.target;
    const { site } = target;

    op.onFailure('archive the new site', 'removeSite', { target });
    await op.settle(await op.command('create', createSite, { target }));

    const restored = await restoreCopy(op, 'restore', { site, copy });
    if (restored.outcome !== 'success') op.goBack(problemOfSettled('restore', restored));

    const { details } = await op.verify(verifyProvision, (deadline) => ({
      account: input.account,
      target,
      deadline,
    }));
    for (const [part, reason] of Object.entries(lost)) op.giveUp(part, reason);
    return op.succeed({ ...details, safetyCopy: copy.handle });
  });
}
