import type { UnarchiveSiteInput } from '../../../src/domain/inputs.js';
import { endOf, makeActive } from '../../integration/provision/support.js';
import type { Row, Scene } from '../row.js';

export type UnarchiveRow = Row<UnarchiveSiteInput>;

/** There again; what cannot come back is listed. */
export const BACK = {
  outcome: 'succeeded_with_exceptions',
  effects: ['site.create', 'site.restore'],
  left: 'the site, Active',
  ledger: ['create sent', 'restore sent'],
} as const;

/** Made and undone. */
export const UNDONE = {
  outcome: 'rolled_back',
  effects: ['site.create', 'site.restore', 'site.archive'],
  left: 'nothing',
  ledger: ['create sent', 'restore sent', 'undo create sent'],
} as const;

/** Never made. */
export const NOTHING = { effects: [], left: 'nothing', ledger: [] } as const;

/** Archives a site, with a copy in the vault and no backup of Press's own. */
export async function makeArchived({ harness, subdomain, site }: Scene): Promise<void> {
  await makeActive(harness, subdomain);
  const { workflowId } = await harness.client.start('archive', {
    account: 'main',
    requestedBy: 'ops',
    site,
    finalBackup: false,
  });
  await endOf(harness, workflowId, 'succeeded');
}
