import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import { runForName } from './named.js';
import { checkShape } from './wire.js';

export interface InstallApp {
  readonly site: string;
  readonly app: string;
  /** Marketplace App Plan. Left out, a paid app is installed all the same, unbilled (C 4.3). */
  readonly plan?: string;
}

/**
 * Installs an app on a site; answers the job, null when Press has the app on the site already.
 * Mutating, money with a plan (C 4.3). Press checks neither that the bench has the app nor that the
 * plan is the app's (observed 4): look at `availableApps` and `getAppPlans` before. The site is
 * Active again after a failure too: the job decides. A failed install leaves the subscription on
 * and `sk_<app>` in the configuration; {@link uninstallApp} turns the subscription off.
 *
 * Repeated: 417 `BUSY` while open, null after success, a new attempt after failure. Proof:
 * `listSiteActivity` "Install App" with the app as reason, and its job (observed-2 1).
 *
 * @throws PressError `REFUSED` for a paid plan on free credits, and unless the site is Active; an
 * unknown plan is a 500 TypeError
 */
export async function installApp(
  press: Transport,
  { site, app, plan }: InstallApp,
  options?: CallOptions,
): Promise<string | null> {
  const args = { app, ...(plan !== undefined && { plan }) };
  const call = { dt: 'Site', dn: site, method: 'install_app', args };
  const { message } = await runDocMethod(press, call, options);
  return checkShape(z.string().min(1).nullish(), message, 'Site.install_app') ?? null;
}

export interface UninstallApp {
  readonly site: string;
  readonly app: string;
  /** By the same job, first; a row of `listBackups` only once the job has succeeded (D 4). */
  readonly create_offsite_backup: boolean;
}

/**
 * DESTROYS an app's data on a site; answers the job. Mutating (C 4.4). Press checks neither that
 * the app is installed, nor that it is not `frappe`, nor that no other app needs it (observed 4):
 * check before. The subscription is turned off at once and stays off if the job fails. The site is
 * Active again whatever happened: the job decides.
 *
 * Repeated: 417 `BUSY` while open; afterwards a SECOND job for an app that is gone. Proof:
 * `listSiteActivity` "Uninstall App" with the app as reason, and its job (observed-2 1).
 *
 * @throws PressError `REFUSED` unless the site is Active
 */
export function uninstallApp(
  press: Transport,
  { site, ...args }: UninstallApp,
  options?: CallOptions,
): Promise<string> {
  return runForName(press, { dt: 'Site', dn: site, method: 'uninstall_app', args }, options);
}
