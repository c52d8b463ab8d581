import type { Receiver } from '../../domain/maplepress.js';
import type { Check } from '../../domain/plan.js';
import { fail, pass } from '../checks.js';
import type { ActivityDeps } from '../deps.js';

/**
 * Whether what is made can be sealed to its receiver, who is then the only one to read it: after the
 * call it would be too late to find out. No check when nobody is named, nor configured.
 */
export async function receiverChecks(
  { handOverKeys }: ActivityDeps,
  named: Receiver | undefined,
): Promise<readonly Check[]> {
  const found = await handOverKeys.receiverFor(named);
  if (found === null) return [];
  if ('problem' in found) return [fail('receiver', found.problem)];
  return [pass('receiver', `only who has the private half of key ${found.keyId} can read it`)];
}
