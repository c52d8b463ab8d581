import type { ArchiveSiteInput } from '../../../src/domain/inputs.js';
import { makeActive } from '../../integration/provision/support.js';
import type { Row, Scene } from '../row.js';

export type ArchiveRow = Row<ArchiveSiteInput>;

/** A copy in the vault, and a site that is gone. */
export const GONE = {
  outcome: 'succeeded',
  effects: ['backup.create', 'site.login', 'site.archive'],
  left: 'nothing',
  ledger: ['backup sent', 'archive sent'],
} as const;

/** The site as it was, and a copy in the vault. */
export const KEPT = {
  outcome: 'rolled_back',
  effects: ['backup.create', 'site.login', 'site.archive', 'site.activate', 'domain.primary'],
  left: 'the site, Active',
  ledger: ['backup sent', 'archive sent', 'activate sent', 'primary domain sent'],
} as const;

/** Nothing was done. */
export const UNTOUCHED = { effects: [], left: 'the site, Active', ledger: [] } as const;

/** What every row finds: a site that is up. */
export async function prepare({ harness, subdomain }: Scene): Promise<void> {
  await makeActive(harness, subdomain);
}
