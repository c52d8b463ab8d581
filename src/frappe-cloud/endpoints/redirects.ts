import type { CallOptions, Transport } from '../transport.js';
import type { SiteDomainArgs } from './domains.js';
import { tell } from './wire.js';

/**
 * Lets a domain of a site redirect to the primary one. Mutating (C 5.12): the flag at once, then a
 * job "Setup Redirects on Hosts" that has no callback, so a failed one leaves the flag standing.
 * Also accepted for a domain that is not Active (observed-2 6.11).
 *
 * Repeated: no effect and NO new job: after a failed one {@link unsetRedirect} first. Proof:
 * `redirect_to_primary` in `listDomains`.
 *
 * @throws PressError `REFUSED` for a domain that is not the site's, or is its primary
 */
export async function setRedirect(
  press: Transport,
  { site, domain }: SiteDomainArgs,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.set_redirect', { name: site, domain }, options);
}

/**
 * Lets a domain of a site serve the site itself again. Mutating (C 5.12): the flag at once, then a
 * job "Remove Redirects on Hosts". Repeated and proof: as {@link setRedirect}.
 *
 * @throws PressError `REFUSED` for a domain that is not the site's
 */
export async function unsetRedirect(
  press: Transport,
  { site, domain }: SiteDomainArgs,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.unset_redirect', { name: site, domain }, options);
}
