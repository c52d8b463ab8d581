import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import { runForName, tellForName } from './named.js';
import { statusIn } from './site-status.js';
import type { SiteStatus } from './sites.js';
import { tell } from './wire.js';

interface SiteArgs {
  readonly site: string;
}

/**
 * Migrates the database of a site to the code of its bench; answers the job. No backup, no way
 * back. Mutating (B 4.7). After `Failure` the site is Broken, without `creation_failed`; after
 * `Delivery Failure` nothing has happened.
 *
 * Repeated: 417 `BUSY` while open, afterwards a second migration, which is harmless. Proof:
 * `listSiteActivity` "Migrate" with its job (observed-2 1).
 *
 * @throws PressError `REFUSED` while a fatal update or a failed creation or restore stands
 */
export function migrateSite(
  press: Transport,
  { site, skip_failing_patches = false }: SiteArgs & { readonly skip_failing_patches?: boolean },
  options?: CallOptions,
): Promise<string> {
  const call = { dt: 'Site', dn: site, method: 'migrate', args: { skip_failing_patches } };
  return runForName(press, call, options);
}

/**
 * DESTROYS all data of a site and sets it up empty, with its apps and the password that Press has
 * stored; answers the job. No backup, no way back. Mutating (B 4.1). A site that was Inactive ends
 * Active at Press, and still deactivated on the proxy.
 *
 * Repeated: 417 `BUSY` while open, afterwards it WIPES AGAIN. Proof: `listSiteActivity`
 * "Reinstall" with its job (observed-2 1).
 *
 * @throws PressError `REFUSED` after a failed creation or restore
 */
export function reinstallSite(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<string> {
  return tellForName(press, 'press.api.site.reinstall', { name: site }, options);
}

/**
 * Puts a site in maintenance mode and takes it off the proxy; answers its status. Billing goes on.
 * Mutating (B 4.3). Inactive AT ONCE, before a server is asked: done when the jobs "Update Site
 * Configuration" and "Update Site Status" are both Success, and nothing corrects the status when
 * one fails.
 *
 * Repeated: 417 `REFUSED` "in inactive state", which proves that it landed; safe at any time.
 *
 * @throws PressError `REFUSED` on trial plans too
 */
export async function deactivateSite(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<SiteStatus> {
  const call = { dt: 'Site', dn: site, method: 'deactivate', args: {} };
  return statusIn(await runDocMethod(press, call, options), 'Site.deactivate');
}

/**
 * Ends maintenance mode and puts a site back on the proxy; answers its status, which can still be
 * Broken: a Broken site becomes Active only if it answers a ping, and never while a fatal update
 * stands (B 4.4). Mutating. Two jobs as in {@link deactivateSite}. Never for a site whose directory
 * an archive has dropped: Press would call it Active (observed-2 5).
 *
 * Repeated: 417 `REFUSED` "only inactive or broken", which proves that it landed; safe at any time.
 *
 * @throws PressError `REFUSED` after a failed creation or restore too
 */
export async function activateSite(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<SiteStatus> {
  const call = { dt: 'Site', dn: site, method: 'activate', args: {} };
  return statusIn(await runDocMethod(press, call, options), 'Site.activate');
}

/**
 * Clears the caches of a site; the job is in `listSiteActivity` "Clear Cache". Mutating (B 4.6).
 * Repeated: another job, harmless.
 *
 * @throws PressError
 */
export async function clearSiteCache(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.clear_cache', { name: site }, options);
}
