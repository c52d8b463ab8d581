import type { OperationHandle, OperationStatus, ProvisionSiteInput } from '../../../src/client.js';
import type { Harness } from '../../support/harness.js';

/** Starts a provision and waits until it asks for approval. */
export async function startAndAsk(
  harness: Harness,
  change: Partial<ProvisionSiteInput>,
): Promise<OperationHandle & { readonly planHash: string; readonly status: OperationStatus }> {
  const handle = await harness.client.provision(harness.input(change));
  const status = await harness.until(
    handle.workflowId,
    ({ state }) => state === 'waiting_approval',
  );
  return { ...handle, status, planHash: status.plan?.hash ?? '' };
}
