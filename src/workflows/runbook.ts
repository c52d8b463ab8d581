import type { ActivityOptions } from '@temporalio/workflow';
import type { CommandArgs, PlanArgs, Verification } from '../domain/activity-types.js';
import type { HandedOver, HandOverArgs } from '../domain/hand-over.js';
import type { Outcome } from '../domain/operations.js';
import type { Undo, UndoArguments } from '../domain/saga.js';
import type { Problem } from '../domain/failures.js';
import type { Choice } from '../domain/messages.js';
import { type Plan, refusalOf } from '../domain/plan.js';
import type { StepStatus } from '../domain/status.js';
import type { Sent, Settled, SettledOutcome } from '../domain/trackers.js';
import { releaseLocks } from './activities.js';
import { isRevoked } from './approvals.js';
import { askToRetry, attempt } from './attempt.js';
import type { OperationContext } from './context.js';
import { Abandoned, GivenUp, GoBack } from './failures.js';
import { handOver } from './hand-over.js';
import { takeAgain } from './locking.js';
import { askPerson, callAttention } from './resolution.js';
import { describeTracker, problemOfSettled, waitForTracker } from './tracking.js';

/** A command under way: what was sent, and under which step of the runbook. */
export interface Running {
  readonly step: string;
  readonly sent: Sent;
}

/** How a runbook ended well. */
export interface Finish {
  readonly outcome: Outcome;
  readonly details: Readonly<Record<string, string>>;
}

/** A proxied activity, called with a summary for the UI. */
export interface Activity<Args, Answer> {
  executeWithOptions(options: ActivityOptions, args: [Args]): Promise<Answer>;
}

/** The only object a runbook needs: steps that are sent once, waited for, and undone. */
export class Op {
  readonly #ctx: OperationContext;
  readonly #rounds = new Map<string, number>();
  #exceptions: readonly string[] = [];
  #toldAt = -Infinity;

  constructor(ctx: OperationContext) {
    this.#ctx = ctx;
  }

  /** For activities that write to the ledger, or name things, without being commands. */
  get operationId(): string {
    return this.#ctx.ref.operationId;
  }

  /** How long a wait goes on before people are told anew what it is for, ms. */
  get shownAnewMs(): number {
    return this.#ctx.timing.softLimit;
  }

  /** Registers an undo. Call it before the step: a step that timed out may have taken effect. */
  onFailure<U extends Undo>(label: string, activity: U, args: UndoArguments[U]): void {
    const { account } = this.#ctx.ref;
    this.#ctx.saga.onFailure({ label, activity, args: { ...args, account } });
  }

  /** From here on there is only forward: a cancel request is refused. */
  pointOfNoReturn(): void {
    this.#ctx.pastPointOfNoReturn = true;
  }

  /**
   * Sends one remote effect under its own key, so that it happens once (D 4.1). The same step again
   * is another round, a deliberate repeat: only after the one before has come to rest.
   */
  async command<Args extends CommandArgs>(
    step: string,
    activity: Activity<Args, Sent>,
    args: Omit<Args, keyof CommandArgs>,
  ): Promise<Running> {
    const { ref, board } = this.#ctx;
    const round = (this.#rounds.get(step) ?? 0) + 1;
    this.#rounds.set(step, round);
    const key = { operationId: ref.operationId, step, round };
    const whole = { ...args, key, account: ref.account } as Args;
    await this.#ctx.gate();
    const sent = await attempt(this.#ctx, step, () => {
      this.#ctx.touched = true;
      return activity.executeWithOptions({ summary: `${step} ${ref.site}` }, [whole]);
    });
    board.step(step, 'running', describeTracker(sent.tracker));
    return { step, sent };
  }

  /** Waits for a command to come to rest; anything but success, or what is `allowed`, goes back. */
  async settle(running: Running, allowed: readonly SettledOutcome[] = []): Promise<Settled> {
    const settled = await this.outcomeOf(running);
    return allowed.includes(settled.outcome) ? settled : this.judge(running, settled);
  }

  /** Waits for a command to come to rest, however it ends. */
  async outcomeOf({ step, sent }: Running): Promise<Settled> {
    const settled = await waitForTracker(this.#ctx, step, sent.tracker);
    // How far it had come is not what has come of it.
    if (settled.outcome === 'success') this.mark(step, 'done', describeTracker(sent.tracker));
    else this.mark(step, 'failed');
    return settled;
  }

  /** Goes back unless it ended in success. */
  judge({ step }: Running, settled: Settled): Settled {
    if (settled.outcome === 'success') return settled;
    throw new GoBack(problemOfSettled(step, settled));
  }

  /** Ends the runbook: every undo runs, and it ends `rolled_back` with this reason. */
  goBack(problem: Problem): never {
    throw new GoBack(problem);
  }

  /** Ends the runbook with things as they are. */
  abandon(reason: string): never {
    throw new Abandoned(reason);
  }

  /** Stops and asks a person, for as long as it takes (D 4.5). */
  ask(problem: Problem, choices: readonly Choice[]): Promise<Choice> {
    return askPerson(this.#ctx, problem, choices);
  }

  /** Tells people without stopping: once per `key`. */
  tell(key: string, problem: Problem): Promise<void> {
    this.#toldAt = Date.now();
    return callAttention(this.#ctx, key, problem);
  }

  /** As {@link tell}, of what may come up again and again: not sooner than a reminder would. */
  async remind(key: string, problem: Problem): Promise<void> {
    if (Date.now() - this.#toldAt >= this.#ctx.timing.reminder) await this.tell(key, problem);
  }

  /** Runs an activity that changes nothing, until it answers. */
  async read<Args, Answer>(
    step: string,
    activity: Activity<Args, Answer>,
    args: Omit<Args, 'account'>,
  ): Promise<Answer> {
    const { ref } = this.#ctx;
    await this.#ctx.gate();
    const whole = { ...args, account: ref.account } as Args;
    return attempt(this.#ctx, step, () =>
      activity.executeWithOptions({ summary: `${step} ${ref.site}` }, [whole]),
    );
  }

  /** Waits until a time, holding the locks; a cancel request ends it. */
  async waitUntil(untilMs: number, what: string): Promise<void> {
    const { board } = this.#ctx;
    await this.#ctx.gate();
    if (untilMs <= Date.now()) return;
    board.wait(what, untilMs);
    const isGivenUp = () => this.#ctx.resolution?.choice === 'give_up';
    await this.#ctx.waitFor(isGivenUp, untilMs - Date.now(), `until ${what}`);
    board.wait(null);
  }

  /**
   * As long as it takes to tell what stays from what passes (D 4.1), or `times` as long, holding the
   * locks. Meanwhile an operator may give the part up.
   */
  letPass(what: string, times = 1): Promise<void> {
    const untilMs = Date.now() + times * this.#ctx.timing.horizon;
    return this.#mayBeGivenUp(() => this.waitUntil(untilMs, what));
  }

  /** Leaves locks to others: nothing touches what they stand for until they are taken again. */
  async release(resources: readonly string[]): Promise<void> {
    await releaseLocks({ operationId: this.operationId, resources });
  }

  /**
   * Takes locks again, in turn with everybody; a cancel request ends that. Refused when its turn does
   * not come in time, or whoever approved it has changed their mind. What was read before may be so
   * no more: see {@link planAgain}.
   */
  async lock(resources: readonly string[]): Promise<void> {
    const turn = await takeAgain(this.#ctx, resources);
    if (turn.state === 'busy') this.#refuse('preflight', turn.reason);
    if (turn.state === 'revoked' || isRevoked(this.#ctx))
      this.#refuse('preflight', 'its approval was revoked');
    this.#ctx.board.enter('running');
  }

  /**
   * Makes the plan again, before anything is sent: what it says was left to others meanwhile. Refused
   * when it cannot be done any more, or is another one than people have approved.
   */
  async planAgain<Input, Target>(
    planner: Activity<PlanArgs<Input>, Plan<Target>>,
    input: Input,
    before: Plan<Target>,
  ): Promise<Plan<Target>> {
    const { ref, board } = this.#ctx;
    const plan = await attempt(this.#ctx, 'preflight', () =>
      planner.executeWithOptions({ summary: 'plan again, under the lock' }, [
        { ref, input, underLock: true },
      ]),
    );
    if (plan.refusal !== null) this.#refuse('preflight', refusalOf(plan));
    if (plan.approval !== null && plan.hash !== before.hash) {
      this.#refuse('preflight', 'the plan has changed since it was approved: ask for it again');
    }
    board.status.plan = plan;
    board.step('preflight', 'done');
    return plan;
  }

  /** Waits while somebody holds the operation. */
  ifHeld(): Promise<void> {
    return this.#ctx.gate();
  }

  /** Says on the card how a step is doing. */
  mark(step: string, state: StepStatus['state'], detail?: string): void {
    this.#ctx.board.step(step, state, detail);
  }

  /** What the result tells however it ends, e.g. where the safety copy is. */
  remember(details: Readonly<Record<string, string>>): void {
    this.#ctx.details = { ...this.#ctx.details, ...details };
    this.#ctx.board.status.details = this.#ctx.details;
  }

  /** Something that no undo takes back: listed when the operation goes back. */
  stays(step: string, what: string): void {
    this.#ctx.stays = [...this.#ctx.stays, `${step}: ${what}`];
  }

  /** The phase that people see. */
  enter(phase: 'safety_copy' | 'running' | 'verifying'): void {
    this.#ctx.board.enter(phase);
  }

  /**
   * Waits inside an activity that looks again and again until `untilMs`. Meanwhile an operator may
   * give the part up: see {@link orGiveUp}.
   *
   * @param goesOn whether an answer means that it is waited for once more: who has given up just as it
   *   came has given up that, too
   */
  async awaitReady<Args, Answer>(
    step: string,
    activity: Activity<Args, Answer>,
    args: Args,
    untilMs: number,
    goesOn: (answer: Answer) => boolean = () => false,
  ): Promise<Answer> {
    return this.#mayBeGivenUp(() => this.#look(step, activity, args, untilMs), goesOn);
  }

  /** Runs a part that may fail alone: refused, failed or given up, it is listed; the rest goes on. */
  async orGiveUp(step: string, part: () => Promise<void>): Promise<void> {
    try {
      await part();
    } catch (error) {
      if (error instanceof GivenUp) return this.giveUp(step, error.message);
      if (!(error instanceof GoBack)) throw error;
      const { type, evidence, message } = error.problem;
      // Anything else is the verdict of a person, about the whole operation.
      if (type !== 'Refused' && type !== 'StepFailed') throw error;
      this.giveUp(step, evidence?.['output'] ?? message);
    }
  }

  /** Has a secret made and stored for one claim; null when that was given up (D 7). */
  async handOver(
    step: string,
    activity: Activity<HandOverArgs, HandedOver>,
    site: string,
  ): Promise<HandedOver | null> {
    const handed = await handOver(this.#ctx, step, activity, site);
    if (typeof handed !== 'string') return handed;
    this.giveUp(step, handed);
    return null;
  }

  /** A part that was given up, without undoing the rest. */
  giveUp(step: string, reason: string): void {
    this.#exceptions = [...this.#exceptions, `${step}: ${reason}`];
    this.#ctx.board.status.exceptions = this.#exceptions;
    this.#ctx.board.step(step, 'given_up', reason);
  }

  /** Reads the result back. Until it passes, a person decides. */
  async verify<Args>(
    activity: Activity<Args, Verification>,
    argsAt: (deadline: number) => Args,
  ): Promise<Verification> {
    for (;;) {
      const found = await this.readBack(activity, argsAt);
      if (found.ok) return found;
      await askToRetry(this.#ctx, {
        type: 'VerificationFailed',
        step: 'verify',
        message: found.failures.join('; '),
      });
    }
  }

  /** Reads the result back, for as long as a verification may take; answers what is wrong, too. */
  async readBack<Args>(
    activity: Activity<Args, Verification>,
    argsAt: (deadline: number) => Args,
  ): Promise<Verification> {
    const { board, timing } = this.#ctx;
    board.enter('verifying');
    const deadline = Date.now() + timing.verifyDeadline;
    const found = await this.#look('verify', activity, argsAt(deadline), deadline);
    if (!found.ok) return found;
    found.exceptions.forEach((exception) => this.giveUp('verify', exception));
    if (found.exceptions.length === 0) board.step('verify', 'done');
    return found;
  }

  /** The end of a runbook that got where it wanted, give or take what was given up. */
  succeed(details: Readonly<Record<string, string>>): Finish {
    const outcome = this.#exceptions.length > 0 ? 'succeeded_with_exceptions' : 'succeeded';
    return { outcome, details };
  }

  async #mayBeGivenUp<T>(
    wait: () => Promise<T>,
    goesOn: (answer: T) => boolean = () => false,
  ): Promise<T> {
    const ctx = this.#ctx;
    ctx.resolution = null;
    ctx.board.status.choices = ['give_up'];
    try {
      const answer = await wait();
      if (goesOn(answer)) ctx.throwIfStopped();
      return answer;
    } finally {
      ctx.resolution = null;
      ctx.board.status.choices = [];
      ctx.board.wait(null);
    }
  }

  #refuse(step: string, message: string): never {
    throw new GoBack({ type: 'Refused', step, message });
  }

  async #look<Args, Answer>(
    step: string,
    activity: Activity<Args, Answer>,
    args: Args,
    untilMs: number,
  ): Promise<Answer> {
    const { board, ref } = this.#ctx;
    await this.#ctx.gate();
    board.wait(step, untilMs);
    const answer = await attempt(this.#ctx, step, () =>
      activity.executeWithOptions({ summary: `${step} ${ref.site}` }, [args]),
    );
    board.wait(null);
    return answer;
  }
}
