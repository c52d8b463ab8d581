import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { QUEUES } from '../domain/queues.js';
import type { reconcile } from '../workflows/reconcile.js';

/** Id of the reconciler's schedule in the namespace. */
export const RECONCILER = 'sitewright-reconciler';

/** Starts the reconciler once per namespace; a later worker finds it running (D 4.6). */
export async function ensureReconciler(client: Client, everyMs: number): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: RECONCILER,
      spec: { intervals: [{ every: everyMs }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      action: {
        type: 'startWorkflow',
        workflowType: 'reconcile' satisfies typeof reconcile.name,
        workflowId: 'reconcile',
        taskQueue: QUEUES.internal,
        args: [],
        workflowRunTimeout: '10m',
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
