import type { OperationRef } from '../../domain/activity-types.js';
import type { DeployTarget } from '../../domain/bench-deploys.js';
import type { Plan } from '../../domain/plan.js';
import type { Json, Ledger } from '../../ledger/types.js';

interface Covered {
  readonly deploy?: string;
  readonly site?: string;
  readonly safetyCopy?: string;
  readonly skipFailingPatches?: boolean;
}

/**
 * The bench deploy that an update belongs to: whoever approved the deploy with its sites has approved
 * their updates. Only while it is under way, which its lock shows, for sites of its newest plan, and
 * for nothing that was not said there. Null when policy has to be asked.
 */
export async function coveringDeploy(ledger: Ledger, ref: OperationRef): Promise<string | null> {
  if (ref.kind !== 'update') return null;
  const row = await ledger.getOperation(ref.operationId);
  const asked = (row?.input ?? {}) as Covered & Json;
  const { deploy, site, safetyCopy, skipFailingPatches = false } = asked as Covered;
  if (deploy === undefined || site === undefined || safetyCopy !== undefined) return null;
  const planned = (await ledger.events(deploy)).findLast(
    ({ type }) => type === 'operation.planned',
  );
  if (planned === undefined) return null;
  const { material } = planned.data as unknown as Plan<DeployTarget>;
  if (material.kind !== 'deploy-bench') return null;
  const { target } = material;
  const locks = await ledger.locks();
  const isUnderWay = locks.some(
    ({ operationId, resource }) => operationId === deploy && resource === `group:${target.group}`,
  );
  const isMeant = target.sites.includes(site) && target.skipFailingPatches === skipFailingPatches;
  return isUnderWay && isMeant ? deploy : null;
}
