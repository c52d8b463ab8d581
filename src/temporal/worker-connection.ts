import { NativeConnection } from '@temporalio/worker';
import {
  connectTimeoutMs,
  resolveTarget,
  type TemporalTarget,
  TemporalUnreachable,
} from './connection.js';

/**
 * Connects workers; all workers of a process share one connection.
 *
 * @throws TemporalUnreachable when no server answers within 3 s.
 */
export async function connectWorker(
  target: TemporalTarget = {},
): Promise<{ connection: NativeConnection; namespace: string }> {
  const { options, namespace, address } = resolveTarget(target);
  const connecting = NativeConnection.connect(options);
  try {
    return { connection: await within(connectTimeoutMs, connecting), namespace };
  } catch (cause) {
    connecting.then((late) => late.close()).catch(() => undefined);
    throw new TemporalUnreachable(address, cause);
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
