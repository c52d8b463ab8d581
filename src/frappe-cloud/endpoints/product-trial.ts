import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask } from './wire.js';

/**
 * Whether a name is free for a trial of one of Frappe's own products: TRUE when it is, the opposite
 * of `siteExists`; false for names of less than five characters. Read (A 8). Trials themselves
 * cannot be ordered with a token.
 *
 * @throws PressError
 */
export function isTrialSubdomainFree(
  press: Transport,
  args: { readonly subdomain: string; readonly app: string },
  options?: CallOptions,
): Promise<boolean> {
  return ask(press, 'press.api.saas.check_subdomain_availability', args, z.boolean(), options);
}
