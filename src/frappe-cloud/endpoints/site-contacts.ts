import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import { entriesLike } from './lenient.js';
import { checkShape, flag } from './wire.js';

interface SiteArgs {
  readonly site: string;
}

const onSite = (site: string, method: string, args: Record<string, unknown> = {}) => ({
  dt: 'Site',
  dn: site,
  method,
  args,
});

const ContactSchema = z.object({ channel: z.string(), type: z.string(), value: z.string() });
/** Whom Press tells about a site: `channel` such as "Email", `type` such as "General". */
export type SiteContact = z.infer<typeof ContactSchema>;

/** Whom Press tells about an own site. Read (observed-2 9). @throws PressError */
export async function siteContacts(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<SiteContact[]> {
  const call = onSite(site, 'get_communication_infos');
  const { message } = await runDocMethod(press, call, options);
  return checkShape(entriesLike(ContactSchema), message, 'Site.get_communication_infos');
}

/**
 * Sets whom Press tells about an own site, all of them. Mutating, at once (observed-2 9). Repeated:
 * no further effect.
 *
 * @throws PressError
 */
export async function setSiteContacts(
  press: Transport,
  { site, contacts }: SiteArgs & { readonly contacts: readonly SiteContact[] },
  options?: CallOptions,
): Promise<void> {
  const call = onSite(site, 'update_communication_infos', { values: contacts });
  await runDocMethod(press, call, options);
}

/**
 * Whether the first steps in a new site are done. Press asks the site itself, as its Administrator,
 * and may note the answer (D 6.4).
 *
 * @throws PressError; a site that does not answer as expected is a 500 KeyError (observed-2 9)
 */
export async function isSetupWizardComplete(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<boolean> {
  const call = onSite(site, 'is_setup_wizard_complete');
  const { message } = await runDocMethod(press, call, options);
  return checkShape(flag, message, 'Site.is_setup_wizard_complete');
}

/**
 * Has Press watch an own site again. Mutating, at once. Repeated: no further effect. Only its
 * refusal was ever measured (observed-2 9).
 *
 * @throws PressError
 */
export async function enableMonitoring(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<void> {
  await runDocMethod(press, onSite(site, 'enable_monitoring'), options);
}
