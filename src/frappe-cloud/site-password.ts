import { HttpFault } from '../http/exchange.js';
import { faultToError, readAnswer } from './answer.js';
import { PressError, PressErrorCode } from './errors.js';
import { createRedact, secretsIn } from './redact.js';
import type { SiteDoor } from './site-door.js';

const PATH = '/api/resource/User/Administrator';
const ENDPOINT = `site PUT ${PATH}`;
/** Saving a user runs hooks of every app. */
const LIMIT_MS = 15_000;
/** The answer is the whole user, with roles and modules. */
const MAX_BYTES = 1024 * 1024;

/**
 * Sets the Administrator password on the site itself, by Frappe's REST API and in a session of
 * `login`. Mutating, repeatable: the same password again. Ends every other session of
 * Administrator (Frappe's `logout_all_sessions` is on for that user).
 *
 * Press is not told: the password it has stored is wrong from now on, its `login` falls back to
 * the server's agent (B 4.5), and a restore sets the stored one again (B 2.4).
 *
 * @throws PressError as of Press, whose envelope the site shares: `REFUSED` by the site's password
 * policy (417), `FORBIDDEN` when the session does not count there
 */
export async function setAdministratorPassword(
  door: SiteDoor,
  args: { readonly site: string; readonly sid: string; readonly password: string },
  signal: AbortSignal,
): Promise<void> {
  const body = { new_password: args.password };
  const redact = createRedact([args.sid]);
  try {
    const answer = await door.ask(args.site, {
      method: 'PUT',
      path: PATH,
      headers: { cookie: `sid=${args.sid}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      limitMs: LIMIT_MS,
      maxBytes: MAX_BYTES,
      signal,
    });
    readAnswer(ENDPOINT, answer, (text) => redact(text, secretsIn(body)));
  } catch (error) {
    if (error instanceof HttpFault) throw faultToError(error, ENDPOINT, signal.aborted, 'the site');
    // The site's 401 says nothing about our account at Press, about which somebody would be called.
    if (error instanceof PressError && error.code === PressErrorCode.UNAUTHORIZED) {
      throw new PressError({ ...error.toJSON(), code: PressErrorCode.FORBIDDEN });
    }
    throw error;
  }
}
