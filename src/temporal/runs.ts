import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { RunState, Runs } from '../activities/deps.js';
import { queuesNotPolled } from './worker-health.js';

/** Attempts after which a failing workflow task is no passing trouble any more. */
export const STUCK_AFTER_ATTEMPTS = 5;

const STATUS: Readonly<Record<string, RunState['status']>> = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'terminated',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed_out',
  CONTINUED_AS_NEW: 'running',
};

/** What the reconciler asks Temporal, over a client (D 4.6). */
export function createRuns(client: Client): Runs {
  return {
    async describe(workflowId) {
      try {
        const found = await client.workflow.getHandle(workflowId).describe();
        const attempt = found.raw.pendingWorkflowTask?.attempt ?? 0;
        return {
          status: STATUS[found.status.name] ?? 'running',
          runId: found.runId,
          stuck: attempt >= STUCK_AFTER_ATTEMPTS,
        };
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        return { status: 'missing', runId: null, stuck: false };
      }
    },

    async goOn(workflowId) {
      const { namespace } = client.options;
      const handle = client.workflow.getHandle(workflowId);
      const { events } = await handle.fetchHistory();
      const completed = (events ?? []).filter(
        (event) => event.workflowTaskCompletedEventAttributes,
      );
      const last = completed.at(-1)?.eventId;
      if (last == null) throw new Error(`${workflowId} never completed a workflow task`);
      const { runId } = await client.workflowService.resetWorkflowExecution({
        namespace,
        workflowExecution: { workflowId },
        workflowTaskFinishEventId: last,
        reason: 'Sitewright: go on with a lost run',
        requestId: randomUUID(),
      });
      return runId ?? '';
    },

    unpolledQueues: () => queuesNotPolled(client),
  };
}
