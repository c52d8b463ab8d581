import { activityInfo } from '@temporalio/activity';
import type { AwaitTransferArgs, TransferStanding } from '../../domain/transfers.js';
import { type Account, type CallOptions, checkAccount, getSite } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';

/**
 * Whose a site is. A key that acts as another team by now is told the same as one whose site was
 * given away, and tells nothing.
 */
export async function ownerOf(
  account: Account,
  site: string,
  options: CallOptions,
): Promise<'us' | 'another team' | 'nobody' | 'unknown'> {
  const { found } = await getSite(account.press, { site }, options);
  if (found === 'own') return 'us';
  if (found === 'none') return 'nobody';
  return (await checkAccount(account)).ok ? 'another team' : 'unknown';
}

/**
 * Waits until a site has another owner, which its old team sees as 403 (C 8.2). Answers
 * `unconfirmed` when it is time for a reminder, or the deadline has come.
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
  const { scheduledTimestampMs } = activityInfo();
  const until = Math.min(deadline, scheduledTimestampMs + timing.reminder);
  const now = Date.now();
  if (now >= until) return 'unconfirmed';
  // A person is waited for: the distance grows from minutes to an hour.
  const grown = Math.max(timing.pollMax, (now - scheduledTimestampMs) / 3);
  const patience = Math.min(grown, 6 * timing.pollMaxLate, until - now);
  throw new NotYet('nobody has confirmed it yet', Math.max(1, Math.round(patience)));
}
