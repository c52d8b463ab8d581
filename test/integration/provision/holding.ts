import { randomUUID } from 'node:crypto';
import type { OperationHandle, OperationStatus } from '../../../src/client.js';
import type { OperationResult, ProvisionSiteInput } from '../../../src/domain/operations.js';
import type { Harness } from '../../support/harness.js';

/** Takes the lock of a site for an operation that only the ledger knows; answers how to end it. */
export async function holdSite(
  { ledger }: Harness,
  site: string,
): Promise<{ readonly operationId: string; release(): Promise<void> }> {
  const operationId = `holder-${randomUUID().slice(0, 8)}`;
  const kind = 'provision';
  await ledger.openOperation(
    {
      operationId,
      kind,
      site,
      account: 'main',
      requestedBy: 'erp',
      idempotencyKey: null,
      payloadHash: operationId,
      reason: null,
      workflowId: `${kind}:${site}:${operationId}`,
      runId: 'elsewhere',
      input: {},
    },
    { key: 'opened', type: 'operation.opened', data: {} },
  );
  await ledger.acquireLocks(operationId, [`site:${site}`]);
  const result: OperationResult = {
    operationId,
    kind,
    site,
    outcome: 'cancelled',
    exceptions: [],
    details: {},
  };
  const event = { key: 'closed', type: 'operation.closed', data: {} };
  return { operationId, release: () => ledger.closeOperation(result, event) };
}

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
