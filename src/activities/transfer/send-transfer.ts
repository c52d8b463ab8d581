import type { SendTransferArgs } from '../../domain/transfers.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import { sendChangeTeamRequest } from '../../frappe-cloud/index.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { OutcomeUnknown, Refused } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { ownerOf } from './owner.js';

/** What Press says of a login that owns no enabled team (C 8.1). */
const NO_TEAM = 'No Active Team record found';

/**
 * Has the receiving team mailed a link, once for each round and never again by itself: nothing shows
 * such a request, nothing withdraws it, and every link works (C 8.1, observed-2 6.6). When its answer
 * is lost, that is the answer.
 */
export async function sendTransfer(
  deps: ActivityDeps,
  { key, account: name, site, to, reason }: SendTransferArgs,
): Promise<Sent> {
  const account = deps.accounts.get(name);
  const request = (answered: boolean): Tracker => ({ kind: 'transfer-request', site, answered });
  try {
    return await whileBeating((signal) =>
      runCommand(deps, {
        key,
        account,
        endpoint: 'press.api.site.send_change_team_request',
        payload: { site, to, reason },
        repeat: 'after_horizon',
        async locate() {
          return (await ownerOf(account, site, { signal })) === 'another team'
            ? { state: 'found', tracker: request(true), evidence: { status: 'transferred' } }
            : { state: 'ambiguous', reason: 'nothing at Press tells whether it was sent' };
        },
        async send() {
          await sendChangeTeamRequest(
            account.press,
            { site, team_mail_id: to, reason },
            { signal },
          );
          return request(true);
        },
      }),
    );
  } catch (error) {
    if (error instanceof Refused && error.message.includes(NO_TEAM)) {
      throw new Refused(`nobody at Frappe Cloud owns a team with the login ${to} (--to)`);
    }
    if (!(error instanceof OutcomeUnknown)) throw error;
    return { tracker: request(false), how: 'sent' };
  }
}
