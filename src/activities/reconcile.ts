import type { ActivityDeps, RunState } from './deps.js';

/** What one pass of the reconciler found (D 4.6). */
export interface ReconcileReport {
  readonly checked: number;
  /** Operations whose run is gone or stuck, with what is wrong. */
  readonly alarms: readonly { readonly operationId: string; readonly problem: string }[];
  readonly orphanLocks: readonly string[];
  readonly unpolledQueues: readonly string[];
}

/**
 * Finds open operations that nobody works on: every one raises one alarm and keeps its lock until
 * a person resolves it (D 4.6).
 */
export function createReconcileActivities({ ledger, runs, notify }: ActivityDeps) {
  return {
    async reconcileOperations(): Promise<ReconcileReport> {
      const open = await ledger.findOperations({ open: true, limit: 10_000 });
      const alarms: { operationId: string; problem: string }[] = [];
      for (const { operationId, workflowId, runId, kind, site, state } of open) {
        const run = await runs.describe(workflowId);
        const problem = problemOf(run, runId);
        if (problem === null) continue;
        // It may have ended, or been reopened, since the list was read.
        const now = await ledger.getOperation(operationId);
        if (now === null || now.closedAt !== null || now.runId !== runId) continue;
        alarms.push({ operationId, problem });
        const known = await ledger.events(operationId);
        const key = `alarm/${run.status}/${run.runId ?? 'none'}/${run.stuck}`;
        if (known.some((event) => event.key === key)) continue;
        await ledger.record(operationId, {
          needsAttention: true,
          events: [{ key, type: 'operation.alarm', data: { problem, state } }],
        });
        notify({ operationId, kind, site, message: problem });
      }
      const openIds = new Set(open.map(({ operationId }) => operationId));
      const locks = await ledger.locks();
      return {
        checked: open.length,
        alarms,
        orphanLocks: locks
          .filter(({ operationId }) => !openIds.has(operationId))
          .map(({ resource }) => resource),
        unpolledQueues: await runs.unpolledQueues(),
      };
    },
  };
}

function problemOf(run: RunState, recordedRunId: string): string | null {
  if (run.status === 'running') {
    if (run.stuck) return 'its workflow task keeps failing: the worker code cannot go on';
    if (run.runId !== recordedRunId) return 'it was reset in Temporal: another run goes on';
    return null;
  }
  return run.status === 'missing'
    ? 'Temporal knows no run of it'
    : `its run was ${run.status.replace('_', ' ')} without an outcome`;
}
