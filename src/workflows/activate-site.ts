import type { ActivateSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import { planActivate } from './activities.js';
import { operation } from './operation.js';
import { switchSite } from './switching.js';

/**
 * Puts a site back on: out of maintenance mode, and on the proxy.
 *
 * 1. activate   both jobs at Press; a Broken site has to answer   way back when one fails: deactivate
 * 2. verify     Active, HTTP
 */
export async function activateSite(input: ActivateSiteInput): Promise<OperationResult> {
  return operation('activate', input, planActivate, (op, plan) =>
    switchSite(op, input.account, plan.material.target),
  );
}
