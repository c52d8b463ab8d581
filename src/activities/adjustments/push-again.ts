import type { Tracker } from '../../domain/trackers.js';
import { deleteConfig } from '../../frappe-cloud/index.js';
import { Refused } from '../errors.js';
import type { Sending } from './adjustment.js';

/** No site has it: taking it out changes nothing. */
const NO_KEY = 'sitewright_push_again';

/**
 * Has Press send the whole configuration of a site to its server once more, limits of the plan and
 * primary domain included. What Press has already it does not send again by itself, even when the
 * job has failed; taking out a key that is not there does (C 5.3).
 *
 * @throws Refused for a site that is neither Active nor Broken
 */
export async function pushConfigAgain({ account, site, options }: Sending): Promise<Tracker> {
  const job = await deleteConfig(account.press, { site, key: NO_KEY }, options);
  if (job === null) throw new Refused('Press sends the configuration of the site no more');
  return { kind: 'site-job', site, job };
}
