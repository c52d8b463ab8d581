import { activityInfo } from '@temporalio/activity';
import type { AwaitTransferArgs, TransferStanding } from '../../domain/transfers.js';
import type { CallOptions } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { patienceWithPeople } from '../patience.js';
import { ownerOf } from './owner.js';

/**
 * Waits until a site seems to have another owner, by one reading. Answers how it stands when it is
 * time for a reminder, or the deadline has come.
 */
export async function awaitTransfer(
  { accounts, timing }: ActivityDeps,
  { account: name, site, deadline }: AwaitTransferArgs,
  options: CallOptions,
): Promise<TransferStanding> {
  const account = accounts.get(name);
  const owner = await ownerOf(account, site, options);
  if (owner === 'nobody') return 'gone';
  if (owner === 'another team') return 'transferred';
  const patience = patienceWithPeople(timing, activityInfo().scheduledTimestampMs, deadline);
  if (patience === null) return owner === 'us' ? 'unconfirmed' : 'unknown';
  const why = owner === 'us' ? 'nobody has confirmed it yet' : 'whose it is cannot be told now';
  throw new NotYet(why, patience);
}
