import { activityInfo } from '@temporalio/activity';
import type { AwaitTransferArgs, TransferStanding } from '../../domain/transfers.js';
import { type CallOptions, checkAccount, getSite } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';

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
  const { found } = await getSite(account.press, { site }, options);
  if (found === 'none') return 'gone';
  // A key that acts as another team by now is told the same.
  const denied = found === 'foreign' ? await checkAccount(account) : null;
  if (denied?.ok) return 'transferred';
  const { scheduledTimestampMs } = activityInfo();
  const until = Math.min(deadline, scheduledTimestampMs + timing.reminder);
  const now = Date.now();
  if (now >= until) return 'unconfirmed';
  // A person is waited for: the distance grows from minutes to an hour.
  const grown = Math.max(timing.pollMax, (now - scheduledTimestampMs) / 3);
  const patience = Math.min(grown, 6 * timing.pollMaxLate, until - now);
  throw new NotYet('nobody has confirmed it yet', Math.max(1, Math.round(patience)));
}
