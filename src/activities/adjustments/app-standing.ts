import {
  type Account,
  availableApps,
  type CallOptions,
  installedApps,
} from '../../frappe-cloud/index.js';

/**
 * Whether an app of the bench is on a site. Of a site that pays for an app Press cannot list the
 * apps (observed-2 6.4), only what the bench has and the site has not.
 */
export async function hasApp(
  account: Account,
  { site, app }: { readonly site: string; readonly app: string },
  options?: CallOptions,
): Promise<boolean> {
  const apps = await installedApps(account.press, { site }, options);
  if (apps !== null) return apps.includes(app);
  const available = await availableApps(account.press, { site }, options);
  return !available.some((candidate) => candidate.app === app);
}
