import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleSummary,
} from '@temporalio/client';
import type { Sitewright } from '../client.js';
import { MAPLEPRESS_KINDS } from '../domain/operations.js';
import { QUEUES } from '../domain/queues.js';
import { InvalidInput, NotFound } from '../errors.js';
import { type InputProblem } from '../schemas/common.js';
import { scheduleName } from '../schemas/schedules.js';
import { lastRun, type LastRun } from './last-run.js';
import { type Recurring, startOf } from './recurring.js';

/** Ids of our schedules in the namespace begin so; the reconciler's does not. */
const PREFIX = 'operation-schedule-';
/** What was missed while Temporal was away is made up for within this, and not for all of it. */
const CATCH_UP = '1 hour';
/** A backup of every few minutes would never leave a site in peace. */
const SHORTEST_MS = 10 * 60_000;

/** Runs that Temporal is asked about side by side. */
const AT_ONCE = 10;

/** When. Times are UTC. */
export interface Rhythm {
  readonly everyMs: number;
  /** From the beginning of each period on, ms; periods are the multiples since the epoch, a Thursday. */
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
  /** What it has begun last, and what came of it; null before the first time. */
  readonly last: LastRun | null;
}

type Memo = Pick<OperationSchedule, 'what' | 'requestedBy' | 'everyMs' | 'offsetMs'>;

/**
 * Recurring operations by Temporal Schedules: they go on whether or not anybody of us is there. Each
 * run is an operation like any other, with its own id, plan, approvals and record. One that is still
 * under way when the next is due keeps it away.
 */
export class Schedules {
  readonly #temporal: Client;
  readonly #accounts: Sitewright['accounts'];

  constructor(client: Pick<Sitewright, 'temporal' | 'accounts'>) {
    this.#temporal = client.temporal;
    this.#accounts = () => client.accounts();
  }

  /**
   * A worker is asked for its accounts; what else may be in the way today is for each run to find.
   *
   * @throws InvalidInput for an input that could start nothing, and a name that is taken; Unreachable
   */
  async create(name: string, recurring: Recurring, rhythm: Rhythm): Promise<void> {
    const problems = [...nameProblems(name), ...rhythmProblems(rhythm)];
    if (problems.length > 0) throw new InvalidInput(problems);
    const started = startOf(name, recurring);
    await this.#checkAccount(recurring);
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
    const found: ScheduleSummary[] = [];
    for await (const summary of this.#temporal.schedule.list()) {
      if (summary.scheduleId.startsWith(PREFIX)) found.push(summary);
    }
    const listed: OperationSchedule[] = [];
    for (let from = 0; from < found.length; from += AT_ONCE) {
      const some = found.slice(from, from + AT_ONCE);
      listed.push(...(await Promise.all(some.map((summary) => this.#told(summary)))));
    }
    return listed;
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

  async #checkAccount({ kind, input: { account } }: Recurring): Promise<void> {
    const { frappeCloud, maplePress } = await this.#accounts();
    const known = MAPLEPRESS_KINDS.some((one) => one === kind) ? maplePress : frappeCloud;
    if (known.includes(account)) return;
    const message = `"${account}" is not configured; there is ${known.join(', ') || 'none'}`;
    throw new InvalidInput([{ path: 'account', message }]);
  }

  async #told(summary: ScheduleSummary): Promise<OperationSchedule> {
    const action = summary.info.recentActions.at(-1);
    if (action === undefined) return { ...told(summary), last: null };
    const { workflowId } = action.action.workflow;
    const begun = { at: action.takenAt.toISOString(), workflowId };
    return { ...told(summary), last: await lastRun(this.#temporal, begun) };
  }

  async #on<T>(name: string, act: (handle: Handle) => Promise<T>): Promise<T> {
    try {
      return await act(this.#temporal.schedule.getHandle(PREFIX + name));
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
      throw new NotFound(`there is no schedule ${name}`, 'schedules');
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

function told({ scheduleId, state, info, memo }: ScheduleSummary): Omit<OperationSchedule, 'last'> {
  const { what = '', requestedBy = '', everyMs = 0, offsetMs = 0 } = (memo ?? {}) as Partial<Memo>;
  return {
    name: scheduleId.slice(PREFIX.length),
    what,
    requestedBy,
    everyMs,
    offsetMs,
    paused: state.paused,
    note: state.note ?? null,
    nextAt: state.paused ? null : (info.nextActionTimes[0]?.toISOString() ?? null),
  };
}
