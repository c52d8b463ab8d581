import type { ChangeOf } from '../../domain/adjustments.js';
import { clearSiteCache } from '../../frappe-cloud/index.js';
import type { Adjustment, ChangeKind } from './adjustment.js';
import { jobsAfter, locateJob } from './job-of.js';

/** B 4.6. Once more is another job, and harmless. */
export const clearCache: ChangeKind<ChangeOf<'clear cache'>> = {
  endpoint: 'press.api.site.clear_cache',
  repeat: 'at_once',
  locate: (asked, since) => locateJob(asked, { action: 'Clear Cache' }, since),
  async send(asked, since) {
    const { account, site, options } = asked;
    await clearSiteCache(account.press, { site }, options);
    return jobsAfter(asked, ['Clear Cache'], since);
  },
  look: () => Promise.resolve({ missing: [] }),
};

/** Clears the caches of a site. */
export const clearCacheKind: Adjustment<'clear-cache'> = {
  allowed: ['Active', 'Inactive', 'Broken'],
  plan: () => ({
    change: { do: 'clear cache' },
    summary: ['caches are emptied; the first visits after that are slower'],
    checks: [],
    estimateSeconds: 30,
  }),
};
