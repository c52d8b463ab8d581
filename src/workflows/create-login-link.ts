import { detailOf, handOverStep } from '../domain/hand-over.js';
import type { LoginLinkInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import { handOverLoginLink, planLoginLink } from './activities.js';
import { operation } from './operation.js';

const STEP = handOverStep('login_link');

/**
 * Makes a link that opens a site as Administrator.
 *
 * 1. hand over     sealed, for one claim: the      nothing to undo: what is not claimed is wiped
 *                  result names the handle only
 */
export async function createLoginLink(input: LoginLinkInput): Promise<OperationResult> {
  return operation('login-link', input, planLoginLink, async (op, plan) => {
    const handed = await op.handOver(STEP, handOverLoginLink, plan.material.target.site);
    if (handed === null) {
      return op.goBack({ type: 'Refused', step: STEP, message: 'there is no login link' });
    }
    return op.succeed({ [detailOf('login_link')]: handed.handle, expires: handed.expiresAt });
  });
}
