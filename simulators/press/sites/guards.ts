import { refuse } from '../http/errors.js';
import type { SiteRow, SiteStatus } from '../world/model.js';

/** Actions that a failed creation leaves open (B 0.5). */
const OPEN_AFTER_FAILED_CREATION: ReadonlySet<string> = new Set([
  'archive',
  'restore_site',
  'restore_site_from_files',
  'restore_site_from_physical_backup',
]);

/**
 * The site action lock: status first, then the failed creation (B 0.5).
 *
 * @param action the server's function name; the refusal quotes it.
 * @throws 417 with the texts a client must tell apart.
 */
export function checkSiteAction(
  site: SiteRow,
  action: string,
  allowed: readonly SiteStatus[],
  ownText?: string,
): void {
  if (!allowed.includes(site.status)) {
    throw refuse(
      ownText ??
        `Site is in <strong>${site.status.toLowerCase()}</strong> state. ` +
          `Your site have to be active to <strong>${action.replaceAll('_', ' ')}</strong>.`,
    );
  }
  if (site.creationFailed !== null && !OPEN_AFTER_FAILED_CREATION.has(action)) {
    throw refuse(
      `Site action '<strong>${action}</strong>' is blocked because site creation has failed. ` +
        'Please restore from a backup or drop this site to create a new one.',
    );
  }
}
