import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleSummary,
} from '@temporalio/client';
import { QUEUES } from '../domain/queues.js';
import { InvalidInput, NotFound } from '../errors.js';
import { type InputProblem } from '../schemas/common.js';
import { scheduleName } from '../schemas/schedules.js';
import { type Recurring, startOf } from './recurring.js';

/** Ids of our schedules in the namespace begin so; the reconciler's does not. */
const PREFIX = 'operation-schedule-';
/** What was missed while Temporal was away is made up for within this, and not for all of it. */
const CATCH_UP = '1 hour';
/** A backup of every few minutes would never leave a site in peace. */
const SHORTEST_MS = 10 * 60_000;

/** When. Times are UTC. */
export interface Rhythm {
  readonly everyMs: number;
  /** From the beginning of each period on, ms: with a period of a day a time of day. */
  readonly offsetMs: number;
}

/** A schedule as people see it. */
export interface OperationSchedule extends Rhythm {
  readonly name: string;
  /** E.g. "backup shop.frappe.cloud", "check upgrade shop.frappe.cloud", "backup-all main". */
  readonly what: string;
  readonly requestedBy: string;
  readonly paused: boolean;
  /** Why it is paused, and by whom. */
  readonly note: string | null;
  /** ISO time; null while it is paused. */
  readonly nextAt: string | null;
  /** What it has begun last: ISO time and workflow id; null before the first time. */
  readonly last: { readonly at: string; readonly workflowId: string } | null;
}

type Memo = Pick<OperationSchedule, 'what' | 'requestedBy' | 'everyMs' | 'offsetMs'>;

/**
 * Recurring operations by Temporal Schedules: they go on whether or not anybody of us is there. Each
 * run is an operation like any other, with its own id, plan, approvals and record. One that is still
 * under way when the next is due keeps it away.
 */
export class Schedules {
  readonly #temporal: Client;

  constructor(temporal: Client) {
    this.#temporal = temporal;
  }

  /** @throws InvalidInput for an input that could start nothing, and a name that is taken */
  async create(name: string, recurring: Recurring, rhythm: Rhythm): Promise<void> {
    const problems = [...nameProblems(name), ...rhythmProblems(rhythm)];
    if (problems.length > 0) throw new InvalidInput(problems);
    const started = startOf(name, recurring);
    const { everyMs, offsetMs } = rhythm;
    const memo: Memo = { ...started.told, everyMs, offsetMs };
    try {
      await this.#temporal.schedule.create({
        scheduleId: PREFIX + name,
        spec: { intervals: [{ every: everyMs, offset: offsetMs }] },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP },
        action: { type: 'startWorkflow', taskQueue: QUEUES.internal, ...started.action },
        memo: { ...memo },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      throw new InvalidInput([{ path: 'name', message: `there is a schedule ${name} already` }]);
    }
  }

  /** In no order. Temporal lists a new one a moment after it was made. */
  async list(): Promise<readonly OperationSchedule[]> {
    const found: OperationSchedule[] = [];
    for await (const summary of this.#temporal.schedule.list()) {
      if (summary.scheduleId.startsWith(PREFIX)) found.push(told(summary));
    }
    return found;
  }

  /** @throws NotFound, as the others */
  pause(name: string, { by, reason }: { readonly by: string; readonly reason?: string }) {
    const note = reason === undefined ? `paused by ${by}` : `paused by ${by}: ${reason}`;
    return this.#on(name, (handle) => handle.pause(note));
  }

  resume(name: string, { by }: { readonly by: string }): Promise<void> {
    return this.#on(name, (handle) => handle.unpause(`resumed by ${by}`));
  }

  /**
   * Begins it now. Answers null, or the id of the workflow of its last time, which is still under way
   * and keeps another away.
   */
  run(name: string): Promise<string | null> {
    return this.#on(name, async (handle) => {
      const [running] = (await handle.describe()).info.runningActions;
      if (running !== undefined) return running.workflow.workflowId;
      await handle.trigger(ScheduleOverlapPolicy.SKIP);
      return null;
    });
  }

  /** What it has begun goes on. */
  delete(name: string): Promise<void> {
    return this.#on(name, (handle) => handle.delete());
  }

  async #on<T>(name: string, act: (handle: Handle) => Promise<T>): Promise<T> {
    try {
      return await act(this.#temporal.schedule.getHandle(PREFIX + name));
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
      throw new NotFound(`there is no schedule ${name}`);
    }
  }
}

type Handle = ReturnType<Client['schedule']['getHandle']>;

function nameProblems(name: string): readonly InputProblem[] {
  const checked = scheduleName.safeParse(name);
  return checked.success
    ? []
    : [{ path: 'name', message: '3 to 32 small letters, digits and dashes' }];
}

function rhythmProblems({ everyMs, offsetMs }: Rhythm): readonly InputProblem[] {
  if (everyMs < SHORTEST_MS) return [{ path: 'every', message: 'at least ten minutes' }];
  if (offsetMs < everyMs) return [];
  return [{ path: 'at', message: 'is later than the period is long' }];
}

function told({ scheduleId, state, info, memo }: ScheduleSummary): OperationSchedule {
  const { what = '', requestedBy = '', everyMs = 0, offsetMs = 0 } = (memo ?? {}) as Partial<Memo>;
  const last = info.recentActions.at(-1);
  return {
    name: scheduleId.slice(PREFIX.length),
    what,
    requestedBy,
    everyMs,
    offsetMs,
    paused: state.paused,
    note: state.note ?? null,
    nextAt: state.paused ? null : (info.nextActionTimes[0]?.toISOString() ?? null),
    last:
      last === undefined
        ? null
        : { at: last.takenAt.toISOString(), workflowId: last.action.workflow.workflowId },
  };
}
