/**
 * Task queues of the one worker process (D 2): what waits for a provider's rate limit must not
 * hold up workflows and the ledger.
 */
export const QUEUES = {
  internal: 'sitewright',
  frappeCloud: 'sitewright-frappe-cloud',
  maplePress: 'sitewright-maplepress',
} as const;
