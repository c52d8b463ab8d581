import type { OperationHandle } from '../../../src/client.js';
import type { UnarchiveSiteInput } from '../../../src/domain/inputs.js';
import type { OperationRule } from '../../../src/domain/policy.js';
import type { Harness } from '../../support/harness.js';
import { activeSite, archive } from '../archive/support.js';
import { endOf, eventually, siteIn } from '../provision/support.js';

/** Approvals of archives have their own tests. */
export const NOBODY_ASKED: { readonly archive: readonly OperationRule[] } = {
  archive: [{ name: 'every archive', when: {}, approval: 'none' }],
};

/** A site that we have archived, and the marks of the data it had. */
export async function archivedSite(harness: Harness) {
  const site = await activeSite(harness);
  const data = siteIn(harness, site)?.data;
  const { workflowId } = await archive(harness, site);
  const { details } = await endOf(harness, workflowId, 'succeeded');
  return { site, data, copy: details['safetyCopy'] ?? '' };
}

/** A site that another tool has archived; `backup`: with a last backup of Press's own. */
export async function archivedElsewhere(
  harness: Harness,
  { backup }: { readonly backup: boolean },
): Promise<string> {
  const site = await activeSite(harness);
  // Press looks only at the end, so that the row of the backup is written (observed C10).
  harness.simulator.addFault({
    job: { site, jobType: 'Archive Site' },
    fault: { kind: 'polled_at_end' },
  });
  await harness.press('main', 'press.api.client.run_doc_method', {
    dt: 'Site',
    dn: site,
    method: 'archive',
    args: { create_offsite_backup: backup, force: true },
  });
  await eventually(() =>
    harness.simulator
      .estate()
      .jobs.some(({ site: of, jobType, status }) =>
        of === `${site}.archived` ? jobType === 'Archive Site' && status === 'Success' : false,
      ),
  );
  return site;
}

/** Asks for a site to be made again. */
export const unarchive = (
  { client }: Harness,
  site: string,
  change: Partial<UnarchiveSiteInput> = {},
): Promise<OperationHandle> =>
  client.start('unarchive', { account: 'main', requestedBy: 'ops', site, ...change });
