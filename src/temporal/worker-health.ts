import type { Client } from '@temporalio/client';
import { QUEUES } from '../domain/queues.js';

/** A poll lasts a minute; one that began longer ago than this has not been followed by another. */
const polledWithinMs = 90_000;
const activityQueue = 2;

/** The workers that have polled a task queue lately, by the SDK's identity `pid@host`. */
export async function pollersOf(client: Client, taskQueue: string): Promise<readonly string[]> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: activityQueue,
  });
  const recent = (pollers ?? []).filter(
    ({ lastAccessTime }) =>
      Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1_000 < polledWithinMs,
  );
  return recent.map(({ identity }) => identity ?? '');
}

/** The queues that no worker polls; with a host, none on it. A healthy installation has none. */
export async function queuesNotPolled(client: Client, host = ''): Promise<string[]> {
  const names = Object.values(QUEUES);
  const polled = await Promise.all(
    names.map(async (name) =>
      (await pollersOf(client, name)).some((identity) => identity.endsWith(host && `@${host}`)),
    ),
  );
  return names.filter((_, index) => !polled[index]);
}
