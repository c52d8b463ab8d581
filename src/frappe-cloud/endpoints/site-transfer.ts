import { PressError, PressErrorCode } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { tell } from './wire.js';

export interface TeamChange {
  readonly site: string;
  /** Login of the OWNER of the receiving team. */
  readonly team_mail_id: string;
  /** Is mailed too. */
  readonly reason: string;
}

/**
 * Mails the owner of another team a link; whoever follows it as a member of that team takes the
 * site over. Mutating (C 8.1). Done when the site is ours no more: 403 on everything of it. Its app
 * subscriptions, bench and group stay with the old team, which goes on paying for the apps (C 8.2).
 *
 * Repeated: a SECOND mail with another link, and each works until one was used (observed-2 6.6).
 * Nothing shows that a request is open and nothing withdraws it: never send it again by itself.
 *
 * @throws PressError `FORBIDDEN` for a site that is not ours, `REFUSED` for a login that owns no
 *   enabled team, or owns the site already
 */
export async function sendChangeTeamRequest(
  press: Transport,
  { site, ...args }: TeamChange,
  options?: CallOptions,
): Promise<void> {
  const params = { name: site, ...args };
  await tell(press, 'press.api.site.send_change_team_request', params, options);
}

/**
 * Takes a site over, as an account of the RECEIVING team whose user is in its member table; the
 * owner alone is not enough. Mutating, at once (C 8.2). The key comes by mail and is a secret.
 * Measured with GET; Press allows every verb.
 *
 * Repeated: 417 "The owner of Site is not ...", also for every other key of the site. Proof:
 * `getSite` finds it as our own.
 *
 * @throws PressError `FORBIDDEN` for a key that does not exist, or to somebody who is no member
 */
export async function confirmSiteTransfer(
  press: Transport,
  args: { readonly key: string },
  options?: CallOptions,
): Promise<void> {
  const method = 'press.api.site.confirm_site_transfer';
  try {
    await tell(press, method, args, options);
  } catch (error) {
    // A page for a browser: the redirect to the site says yes, a 403 in HTML says no.
    if (!(error instanceof PressError) || error.code !== PressErrorCode.BAD_ANSWER) throw error;
    if (error.status === 302) return;
    if (error.status !== 403) throw error;
    throw new PressError({
      code: PressErrorCode.FORBIDDEN,
      message: 'the key does not exist, or this user is no member of the receiving team',
      endpoint: method,
      status: 403,
      sent: 'yes',
      ended: true,
      lastByteAt: error.lastByteAt,
    });
  }
}
