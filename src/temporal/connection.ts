import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';

/**
 * Which Temporal to use. Without an address, Temporal's own environment configuration decides
 * (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, TLS, profiles).
 */
export interface TemporalTarget {
  /** `host:port`, reached without TLS. */
  address?: string;
  /** Default: the environment's, else `default`. */
  namespace?: string;
}

/** A person waits at the other end of most connections; the SDK's own limits are 10 s and 30 s. */
export const connectTimeoutMs = 3_000;
const defaultAddress = '127.0.0.1:7233';

/**
 * Connects a client.
 *
 * @throws TemporalUnreachable when no server answers within 3 s.
 */
export async function connectClient(
  target: TemporalTarget = {},
  dataConverter?: DataConverter,
): Promise<{ client: Client; connection: Connection; namespace: string }> {
  const { options, namespace, address } = resolveTarget(target);
  const connection = await Connection.connect({
    ...options,
    connectTimeout: connectTimeoutMs,
  }).catch((cause: unknown) => {
    throw new TemporalUnreachable(address, cause);
  });
  const client = new Client({ connection, namespace, ...(dataConverter && { dataConverter }) });
  return { client, connection, namespace };
}

/** No Temporal server answered. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';
  readonly address: string;
  /** What to do about it. */
  readonly hint =
    'Start the embedded stack with `npm start`, or set TEMPORAL_ADDRESS to a running server.';

  constructor(address: string, cause: unknown) {
    super(`no Temporal server answers at ${address}`, { cause });
    this.address = address;
  }
}

/** Address and options of a target, with Temporal's own environment configuration behind it. */
export function resolveTarget(target: TemporalTarget): {
  options: Pick<NativeConnectionOptions, 'address' | 'tls' | 'metadata' | 'apiKey'>;
  namespace: string;
  address: string;
} {
  if (target.address !== undefined) {
    const { address, namespace = 'default' } = target;
    return { options: { address }, namespace, address };
  }
  const { connectionOptions, namespace } = loadClientConnectConfig();
  return {
    options: connectionOptions,
    namespace: target.namespace ?? namespace ?? 'default',
    address: connectionOptions.address ?? defaultAddress,
  };
}
