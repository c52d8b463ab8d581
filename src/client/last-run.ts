import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { countsOf, type FleetBackups, isComplete, ROUND_TYPE } from '../domain/fleet-backups.js';
import { isSuccess, type OperationResult } from '../domain/operations.js';
import { STUCK_AFTER_ATTEMPTS } from '../temporal/runs.js';

/** Something that a schedule has begun: ISO time and workflow id. */
export interface Begun {
  readonly at: string;
  readonly workflowId: string;
}

/** What has come of it. */
export interface LastRun extends Begun {
  /**
   * The outcome of an operation; `complete` or `incomplete` for a round of backups; `under_way`;
   * `stuck`, when its workflow task keeps failing; what Temporal has done to the run: `failed`,
   * `terminated`, `cancelled`, `timed_out`; `unknown`, when Temporal has it no more.
   */
  readonly outcome: string;
  /** Why, what it waits for, or the counts of a round. */
  readonly detail: string | null;
  /** False when somebody should look; null when there is nothing to tell yet, or no more. */
  readonly ok: boolean | null;
  /** ISO time; null while it is under way, and when it is not known. */
  readonly endedAt: string | null;
}

type Told = Pick<LastRun, 'outcome' | 'detail' | 'ok'>;

/** Asks Temporal what has become of a run. */
export async function lastRun({ workflow }: Client, begun: Begun): Promise<LastRun> {
  const handle = workflow.getHandle(begun.workflowId);
  try {
    const run = await handle.describe();
    const endedAt = run.closeTime?.toISOString() ?? null;
    const base = { ...begun, endedAt };
    if (run.status.name === 'RUNNING') return { ...base, ...underWay(run) };
    if (run.status.name === 'COMPLETED') {
      const result: unknown = await handle.result();
      const told =
        run.type === ROUND_TYPE
          ? ofRound(result as FleetBackups)
          : ofOperation(result as OperationResult);
      return { ...base, ...told };
    }
    const outcome = run.status.name.toLowerCase();
    return { ...base, outcome, detail: 'look at its run in Temporal', ok: false };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { ...begun, outcome: 'unknown', detail: null, ok: null, endedAt: null };
  }
}

type Description = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['describe']>>;

function underWay({ raw, typedSearchAttributes }: Description): Told {
  if ((raw.pendingWorkflowTask?.attempt ?? 0) >= STUCK_AFTER_ATTEMPTS) {
    const detail = 'its workflow task keeps failing: the worker code cannot go on';
    return { outcome: 'stuck', detail, ok: false };
  }
  const shown = typedSearchAttributes.getAll().find(({ key }) => key.name === 'OperationStatus');
  const state = typeof shown?.value === 'string' ? shown.value : null;
  if (state === 'needs_human') return { outcome: 'under_way', detail: 'needs a person', ok: false };
  return { outcome: 'under_way', detail: state?.replaceAll('_', ' ') ?? null, ok: null };
}

const ofRound = (report: FleetBackups): Told => ({
  outcome: isComplete(report) ? 'complete' : 'incomplete',
  detail: countsOf(report),
  ok: isComplete(report),
});

const ofOperation = ({ outcome, reason, exceptions }: OperationResult): Told => ({
  outcome,
  detail: reason ?? (exceptions.length > 0 ? exceptions.join('; ') : null),
  ok: isSuccess(outcome) || outcome === 'planned',
});
