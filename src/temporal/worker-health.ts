import type { Client } from '@temporalio/client';
import { QUEUES } from '../domain/queues.js';

/** A poll lasts a minute; one that began longer ago than this has not been followed by another. */
const polledWithinMs = 90_000;
const activityQueue = 2;

/** The queues that no worker on a host polls; a healthy worker leaves none. */
export async function queuesNotPolledBy(hostname: string, client: Client): Promise<string[]> {
  const names = Object.values(QUEUES);
  const polled = await Promise.all(names.map((name) => isPolled(name, hostname, client)));
  return names.filter((_, index) => !polled[index]);
}

async function isPolled(queue: string, hostname: string, client: Client): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: queue },
    taskQueueType: activityQueue,
  });
  return (pollers ?? []).some(
    ({ identity, lastAccessTime }) =>
      // The SDK's identity is `pid@host`.
      identity?.endsWith(`@${hostname}`) &&
      Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1_000 < polledWithinMs,
  );
}
