import type { DeactivateSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import { planDeactivate } from './activities.js';
import { operation } from './operation.js';
import { switchSite } from './switching.js';

/**
 * Takes a site off: maintenance mode, and off the proxy. Billing goes on.
 *
 * 1. deactivate   both jobs at Press   way back when one fails: activate
 * 2. verify       Inactive
 */
export async function deactivateSite(input: DeactivateSiteInput): Promise<OperationResult> {
  return operation('deactivate', input, planDeactivate, (op, plan) =>
    switchSite(op, input.account, plan.material.target),
  );
}
