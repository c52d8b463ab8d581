import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask } from './wire.js';

const OptionsSchema = z.object({
  plans: z.object({ plans: z.array(z.object({ name: z.string() })) }),
  /** What goes into `authorized_keys` of a server that is to be taken over. */
  ssh_key: z.string().nullable(),
});

export interface SelfHostedOptions {
  /** Names of the plans for servers of one's own. */
  readonly plans: readonly string[];
  readonly sshKey: string | null;
}

/**
 * What a server of one's own would need. Read (observed-2 9). Ordering one takes a team for which
 * Frappe's support has switched on Hybrid Cloud.
 *
 * @throws PressError
 */
export async function selfHostedOptions(
  press: Transport,
  options?: CallOptions,
): Promise<SelfHostedOptions> {
  const method = 'press.api.selfhosted.options_for_new';
  const { plans, ssh_key: sshKey } = await ask(press, method, {}, OptionsSchema, options);
  return { plans: plans.plans.map(({ name }) => name), sshKey };
}

/** Whether a name leads to an address of one's own server. Read (observed-2 9). @throws PressError */
export function selfHostedDnsPointsTo(
  press: Transport,
  args: { readonly domain: string; readonly ip: string },
  options?: CallOptions,
): Promise<boolean> {
  return ask(press, 'press.api.selfhosted.check_dns', args, z.boolean(), options);
}
