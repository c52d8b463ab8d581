import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { checkShape, tell } from './wire.js';

/** Letters and digits only, because it travels in a cookie and in a link. "Guest" is no session. */
const LoginSchema = z.object({ sid: z.string().regex(/^(?!Guest$)[A-Za-z0-9]{5,200}$/) });

/**
 * Opens a session as Administrator on an own site and answers its id, which is a secret: whoever
 * has it is Administrator there (B 4.5, part D 3). Mutating, repeatable: another session each time. A
 * lost answer is lost, call again. Press does not look at the site's status; a site that is down
 * is still entered through the server's agent.
 *
 * Press logs in with the Administrator password it has stored. It is not told when that is changed
 * on the site; from then on it falls back to the agent (B 4.5). A restore sets Press's own
 * password again (B 2.4).
 *
 * @param args.reason is mailed to the site's contacts; without one nobody is (part D 3)
 * @throws PressError; `BUSY` while the site's server is unresponsive, `REFUSED` for what lasts
 */
export async function login(
  press: Transport,
  args: { readonly site: string; readonly reason?: string },
  options?: CallOptions,
): Promise<string> {
  const method = 'press.api.site.login';
  const params = { name: args.site, ...(args.reason !== undefined && { reason: args.reason }) };
  const { message } = await tell(press, method, params, options);
  return checkShape(LoginSchema, message, method).sid;
}
