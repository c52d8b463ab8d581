import type { OperationRow } from '../ledger/types.js';
import type { ActivityDeps, RunState } from './deps.js';
import { tellOfSecrets } from './unclaimed-secrets.js';

/** Questions to Temporal at once: ten thousand open operations are looked at within seconds. */
const AT_ONCE = 50;

/** What one pass of the reconciler found (D 4.6). */
export interface ReconcileReport {
  readonly checked: number;
  /** Operations whose run is gone or stuck, with what is wrong. */
  readonly alarms: readonly { readonly operationId: string; readonly problem: string }[];
  readonly orphanLocks: readonly string[];
  readonly unpolledQueues: readonly string[];
  /** Secrets that nobody came for in time; their ciphertext is wiped with this pass (D 7). */
  readonly expiredSecrets: number;
}

/**
 * Finds open operations that nobody works on: every one raises one alarm and keeps its lock until
 * a person resolves it (D 4.6). Tells of secrets that nobody has claimed.
 */
export function createReconcileActivities(deps: ActivityDeps) {
  const { ledger, runs, notify } = deps;
  return {
    async reconcileOperations(): Promise<ReconcileReport> {
      const open = await ledger.findOperations({ open: true, limit: 10_000 });
      const alarms: { operationId: string; problem: string }[] = [];
      for (let from = 0; from < open.length; from += AT_ONCE) {
        const found = await Promise.all(open.slice(from, from + AT_ONCE).map(look));
        alarms.push(...found.filter((alarm) => alarm !== null));
      }
      return {
        checked: open.length,
        alarms,
        orphanLocks: await orphanLocks(),
        unpolledQueues: await runs.unpolledQueues(),
        expiredSecrets: await tellOfSecrets(deps),
      };
    },
  };

  async function look({ operationId, workflowId, runId, kind, site, state }: OperationRow) {
    const run = await runs.describe(workflowId);
    const problem = problemOf(run, runId);
    if (problem === null) return null;
    // It may have ended, or been reopened, since the list was read.
    const now = await ledger.getOperation(operationId);
    if (now === null || now.closedAt !== null || now.runId !== runId) return null;
    const known = await ledger.events(operationId);
    const key = `alarm/${run.status}/${run.runId ?? 'none'}/${run.stuck}`;
    if (!known.some((event) => event.key === key)) {
      await ledger.record(operationId, {
        needsAttention: true,
        events: [{ key, type: 'operation.alarm', data: { problem, state } }],
      });
      notify({ operationId, kind, site, message: problem });
    }
    return { operationId, problem };
  }

  async function orphanLocks(): Promise<readonly string[]> {
    const locks = await ledger.locks();
    const holders = new Set(locks.map(({ operationId }) => operationId));
    const ended = new Set<string>();
    for (const operationId of holders) {
      const operation = await ledger.getOperation(operationId);
      if (operation === null || operation.closedAt !== null) ended.add(operationId);
    }
    return locks
      .filter(({ operationId }) => ended.has(operationId))
      .map(({ resource }) => resource);
  }
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
