import type { OperationHandle, OperationStatus } from '../../../src/client.js';
import type { ArchiveSiteInput } from '../../../src/domain/inputs.js';
import type { Harness } from '../../support/harness.js';
import { makeActive } from '../provision/support.js';

/** A site that is up, made past Sitewright. */
export const activeSite = (
  harness: Harness,
  { subdomain, ...change }: { readonly subdomain?: string; readonly plan?: string } = {},
): Promise<string> => makeActive(harness, subdomain, change);

/** Asks for an archive. */
export const archive = (
  { client }: Harness,
  site: string,
  change: Partial<ArchiveSiteInput> = {},
): Promise<OperationHandle> =>
  client.start('archive', { account: 'main', requestedBy: 'ops', site, ...change });

/** Waits until it asks for approval. */
export const asks = ({ until }: Harness, workflowId: string): Promise<OperationStatus> =>
  until(workflowId, ({ state }) => state === 'waiting_approval');

/** Two people agree, each naming the site. */
export async function approveBoth(
  { client }: Harness,
  workflowId: string,
  site: string,
): Promise<void> {
  for (const by of ['kim', 'lee']) await client.approve(workflowId, { by, typedName: site });
}

/** Asks for an archive and has it approved. */
export async function approvedArchive(
  harness: Harness,
  site: string,
  change: Partial<ArchiveSiteInput> = {},
): Promise<OperationHandle> {
  const handle = await archive(harness, site, change);
  await asks(harness, handle.workflowId);
  await approveBoth(harness, handle.workflowId, site);
  return handle;
}
