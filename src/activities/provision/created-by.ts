import type { UndoArgs } from '../../domain/activity-types.js';
import type { ProvisionTarget } from '../../domain/plan.js';
import type { Tracker } from '../../domain/trackers.js';
import { type Account, type CallOptions, getGroupDeploy } from '../../frappe-cloud/index.js';
import { resolveEarlierSend } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { creationCommand } from './site-creation.js';

/** Steps of the runbook that can have made the site. */
const CREATION_STEPS = ['create', 'create on bench'];

/** What each creation step has started, proven or found; without those that started nothing. */
export async function createdBy(
  deps: ActivityDeps,
  account: Account,
  { operationId, target }: UndoArgs<'removeSite'>,
  options: CallOptions,
): Promise<ReadonlyMap<string, Tracker>> {
  const rows = await deps.ledger.commandsOf(operationId);
  const made = new Map<string, Tracker>();
  for (const step of CREATION_STEPS) {
    const row = rows.find((candidate) => candidate.step === step);
    if (row?.state === 'settled' && row.tracker !== null) made.set(step, row.tracker);
    if (row?.state !== 'sent') continue;
    const order = made.get('create');
    const asked =
      order === undefined ? target : await onBuiltBench(account, target, order, options);
    const command = creationCommand(account, row, asked, options);
    const found = await resolveEarlierSend(deps, command, row).catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });
    if (found !== null) made.set(step, found.tracker);
  }
  return made;
}

/** What the second creation step asked for: the site on the bench that the order has left idle. */
async function onBuiltBench(
  account: Account,
  target: ProvisionTarget,
  order: Tracker,
  options: CallOptions,
): Promise<ProvisionTarget> {
  if (order.kind !== 'site-order') return target;
  const found = await getGroupDeploy(account.press, { name: order.order }, options);
  const group = found.found === 'own' ? (found.deploy.release_group ?? '') : '';
  return { ...target, path: 'own_group', group };
}
