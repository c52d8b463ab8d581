import type { UndoArgs } from '../../domain/activity-types.js';
import { REGISTER } from '../../domain/maplepress.js';
import type { UndoAnswer } from '../../domain/saga.js';
import { resolveEarlierSend } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { Refused, UndoFailed } from '../errors.js';
import { deleteRegistration } from './delete-registration.js';
import { findById } from './registrations.js';
import { registrationCommand } from './send-registration.js';

/**
 * The way back of a registration: deletes what this operation has registered, and nothing else. One that
 * its plugin has verified meanwhile is a site that works: only a deletion that people approve ends that.
 *
 * @throws UndoFailed when it was verified, or is still there afterwards
 */
export async function undoRegistration(
  deps: ActivityDeps,
  { operationId, account, round, siteUrl, domain }: UndoArgs<'undoRegistration'>,
  signal: AbortSignal,
): Promise<UndoAnswer> {
  const id = await registeredBy(deps, { operationId, account, siteUrl, domain }, signal);
  if (id === null) return { result: 'nothing', message: `${domain} was never registered` };
  const site = await findById(deps, { account, id, domain }, { signal });
  if (site?.isVerified) {
    throw new UndoFailed(
      `the plugin of ${domain} has verified it meanwhile, it works: abandon keeps it, and then ` +
        `maplepress delete ${domain} takes it off`,
      { status: site.status },
    );
  }
  const key = { operationId, step: `undo ${REGISTER}`, round };
  await deleteRegistration(deps, { key, account, id, domain }, signal);
  const left = await findById(deps, { account, id, domain }, { signal });
  if (left !== null) {
    throw new UndoFailed(`MaplePress still shows the registration of ${domain}`, {
      status: left.status,
    });
  }
  return { result: 'undone', message: `the registration of ${domain} is deleted` };
}

async function registeredBy(
  deps: ActivityDeps,
  {
    operationId,
    ...what
  }: Pick<UndoArgs<'undoRegistration'>, 'operationId' | 'account' | 'siteUrl' | 'domain'>,
  signal: AbortSignal,
): Promise<string | null> {
  const key = { operationId, step: REGISTER, round: 1 };
  const row = await deps.ledger.getCommand(key);
  const settled = row?.state === 'settled' ? row.tracker : null;
  if (settled?.kind === 'wordpress-site') return settled.id;
  if (row?.state !== 'sent') return null;
  const command = registrationCommand(deps, { key, ...what }, signal);
  const found = await resolveEarlierSend(deps, command, row).catch((error: unknown) => {
    if (error instanceof Refused) return null;
    throw error;
  });
  return found?.tracker.kind === 'wordpress-site' ? found.tracker.id : null;
}
