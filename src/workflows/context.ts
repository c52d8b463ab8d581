import { CancellationScope, condition } from '@temporalio/workflow';
import type { OperationRef } from '../domain/activity-types.js';
import type { ApprovalRule, CountedDecision } from '../domain/approvals.js';
import type { Answer, Request, Resolution } from '../domain/messages.js';
import type { OperationStatus } from '../domain/status.js';
import { PRODUCTION_TIMING, type TimingProfile } from '../domain/timing.js';
import { Board } from './board.js';
import { Cancelled, GivenUp } from './failures.js';
import { Inbox, type MessageTarget } from './messages.js';
import { Saga } from './saga.js';

/**
 * What one running operation knows: shared by the modules of the envelope, never seen by a
 * runbook. Its methods are the ways to wait, each of which a cancel request can end.
 */
export class OperationContext implements MessageTarget {
  readonly ref: OperationRef;
  readonly board: Board;
  readonly inbox: Inbox;
  readonly saga = new Saga();
  timing: TimingProfile = PRODUCTION_TIMING;
  unsignedDecisions: 'allow' | 'deny' = 'deny';
  /** Roles that may resolve what needs a person. */
  resolvers: readonly string[] = [];
  /** What approvals are asked by; null when nobody is asked. */
  rule: ApprovalRule | null = null;
  counted: readonly CountedDecision[] = [];
  resolution: Resolution | null = null;
  /** What the result tells however it ends. */
  details: Readonly<Record<string, string>> = {};
  /** What no undo takes back: told when the operation does not get where it was to. */
  stays: readonly string[] = [];
  /** Some remote effect has happened, or may have. */
  touched = false;
  pastPointOfNoReturn = false;
  #cancelRequest: Request | null = null;
  #held: Request | null = null;
  #interruptible: CancellationScope | null = null;

  constructor(ref: OperationRef) {
    this.ref = ref;
    this.board = new Board(ref.kind, ref);
    this.inbox = new Inbox(ref.operationId, this);
  }

  status(): OperationStatus {
    return this.board.status;
  }

  ignored(): void {
    this.board.status.ignoredMessages += 1;
  }

  hold(request: Request): void {
    this.#held = request;
  }

  resume(): void {
    this.#held = null;
  }

  /** Answers whether there is a way to cancel; if so, every wait ends with {@link Cancelled}. */
  cancel(request: Request): Answer {
    const { state } = this.board.status;
    const refuse = (reason: string): Answer => ({ accepted: false, reason });
    if (this.#cancelRequest) return { accepted: true, reason: 'already being cancelled' };
    if (this.pastPointOfNoReturn) return refuse('the point of no return has been passed');
    if (state === 'compensating') return refuse('it is already going back');
    if (state === 'needs_human') return refuse('it waits for a person: resolve it instead');
    this.#cancelRequest = request;
    this.interrupt();
    return { accepted: true, reason: this.touched ? 'going back' : 'nothing was sent yet' };
  }

  get cancelReason(): string {
    const { by, reason } = this.#cancelRequest ?? { by: 'nobody', reason: undefined };
    return `cancelled by ${by}${reason === undefined ? '' : `: ${reason}`}`;
  }

  /** Takes the verdict of a person; "give up" ends what is waited for. */
  resolve(resolution: Resolution): void {
    this.resolution = resolution;
    if (resolution.choice === 'give_up') this.interrupt();
  }

  /** Throws when somebody asked to cancel, or to give up the part at hand. */
  throwIfStopped(): void {
    if (this.#cancelRequest) throw new Cancelled(this.cancelReason);
    if (this.resolution?.choice === 'give_up')
      throw new GivenUp(`given up by ${this.resolution.by}`);
  }

  get #stopped(): boolean {
    return this.#cancelRequest !== null || this.resolution?.choice === 'give_up';
  }

  /** Between two steps: the place where hold and cancel take effect. */
  async gate(): Promise<void> {
    this.throwIfStopped();
    if (this.#held === null) return;
    const before = this.board.status.state;
    const { by, reason } = this.#held;
    this.board.wait(`held by ${by}${reason === undefined ? '' : `: ${reason}`}`);
    this.board.enter('held');
    await condition(() => this.#held === null || this.#stopped);
    this.board.wait(null);
    this.board.enter(before);
    this.throwIfStopped();
  }

  /** The gate before the first effect: by then every decision that has arrived is judged. */
  async lastGate(): Promise<void> {
    do {
      await this.gate();
      await condition(() => this.inbox.queue.length === 0);
    } while (this.#held !== null);
    this.throwIfStopped();
  }

  /** Sleeps; a hint ends it early, a cancel request throws. */
  async pause(ms: number, summary: string): Promise<void> {
    const awake = () => this.inbox.hinted || this.#cancelRequest !== null;
    await condition(awake, ms, { summary });
    this.inbox.takeHint();
    this.throwIfStopped();
  }

  /** Waits for a condition or a time (`false`); a cancel request throws. */
  async waitFor(done: () => boolean, ms: number, summary: string): Promise<boolean> {
    const over = () => done() || this.#cancelRequest !== null;
    await condition(over, Math.max(1, ms), { summary });
    this.throwIfStopped();
    return done();
  }

  /** Ends what {@link interruptible} is running. */
  interrupt(): void {
    this.#interruptible?.cancel();
  }

  /**
   * Runs activities that a cancel request may interrupt. What they had done by then is found in
   * the ledger by the undos.
   */
  async interruptible<T>(work: () => Promise<T>): Promise<T> {
    this.throwIfStopped();
    const scope = new CancellationScope();
    this.#interruptible = scope;
    try {
      return await scope.run(work);
    } catch (error) {
      // Whatever a cancelled activity answers, what counts is why it was cancelled.
      this.throwIfStopped();
      throw error;
    } finally {
      this.#interruptible = null;
    }
  }
}
