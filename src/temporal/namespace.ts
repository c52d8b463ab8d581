import { msToTs } from '@temporalio/common/lib/time.js';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { untilNamespaceReady } from './readiness.js';

/** How long Temporal keeps what has ended; the ledger keeps it for ever. */
const retention = '30 days';
/** Servers take note of a new namespace within ten seconds. */
const readyWithinMs = 60_000;
const alreadyExists = 6;

/**
 * Makes a namespace of a self-hosted server ready for operations: creates it when it is missing,
 * and registers our search attributes. Repeating it is harmless.
 *
 * Temporal Cloud wants both done in its console: the calls are refused there.
 */
export async function prepareNamespace(connection: Connection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      description: 'Sitewright: operations on hosted sites',
      workflowExecutionRetentionPeriod: msToTs(retention),
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || Number(error.code) !== alreadyExists) throw error;
  }
  await untilNamespaceReady(connection, namespace, AbortSignal.timeout(readyWithinMs));
}
