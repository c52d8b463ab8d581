import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { ensureSearchAttributes } from './search-attributes.js';

const lookAgainMs = 50;

/**
 * Waits until a server takes connections, knows the namespace, and has our search attributes
 * registered and visible.
 *
 * @throws what the server last answered, when the signal fires first.
 */
export async function untilReady(
  address: string,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  // A plain probe first: a gRPC channel that was refused once waits a second before it tries again.
  await repeatUntil(signal, () => untilAccepted(address));
  const connection = await Connection.connect({ address });
  try {
    await untilNamespaceReady(connection, namespace, signal);
  } finally {
    await connection.close();
  }
}

/** The second half of {@link untilReady}, over a connection that stands. */
export async function untilNamespaceReady(
  connection: Connection,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  await repeatUntil(signal, async () => {
    await connection.workflowService.describeNamespace({ namespace });
    const missing = await ensureSearchAttributes(connection, namespace);
    if (missing.length > 0) throw new Error(`${missing.length} search attributes just added`);
  });
}

async function repeatUntil(signal: AbortSignal, attempt: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) throw error;
      await delay(lookAgainMs);
    }
  }
}

function untilAccepted(address: string): Promise<void> {
  const { hostname, port } = new URL(`tcp://${address}`);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
