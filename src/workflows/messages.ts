import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import type { Decision } from '../domain/approvals.js';
import {
  asDecision,
  asRequest,
  asResolution,
  type Answer,
  type Request,
  type Resolution,
} from '../domain/messages.js';
import type { OperationStatus } from '../domain/status.js';

export const approveSignal = defineSignal<[unknown]>('approve');
export const rejectSignal = defineSignal<[unknown]>('reject');
export const resolveSignal = defineSignal<[unknown]>('resolve');
export const holdSignal = defineSignal<[unknown]>('hold');
export const resumeSignal = defineSignal<[unknown]>('resume');
/** "Something changed at Press, look now." Never believed, only checked (D 4.2). */
export const hintSignal = defineSignal<[unknown]>('hint');
/** Approve, reject or resolve, with an answer. */
export const decideUpdate = defineUpdate<Answer, [unknown]>('decide');
export const cancelUpdate = defineUpdate<Answer, [unknown]>('cancel');
export const statusQuery = defineQuery<OperationStatus>('status');

/**
 * At most this many decisions are judged, and as many resolutions, so that a flood of the one does
 * not shut out the other; the rest is counted and dropped (D 4).
 */
export const MAX_JUDGED = 50;

/** A decision or resolution on its way to be judged by an activity. */
export interface Judgeable {
  readonly message:
    | { readonly type: 'decision'; readonly decision: Decision }
    | { readonly type: 'resolution'; readonly resolution: Resolution };
  answer: Answer | null;
}

/** What the operation does with messages that need no activity. */
export interface MessageTarget {
  status(): OperationStatus;
  hold(request: Request): void;
  resume(request: Request): void;
  cancel(request: Request): Answer;
  /** A message that was malformed, meant another operation, or came too late. */
  ignored(): void;
}

/**
 * Receives every signal and update of an operation. Handlers take anything and never throw: a
 * wrong shape or another operation's id is counted and ignored (D 4).
 */
export class Inbox {
  readonly queue: Judgeable[] = [];
  /** Hints received and not yet acted on. */
  hinted = false;
  #closed = false;
  readonly #judged = { decision: 0, resolution: 0 };

  constructor(operationId: string, target: MessageTarget) {
    const mine = <T extends { readonly operationId: string }>(message: T | null): T | null => {
      if (message !== null && message.operationId === operationId && !this.#closed) return message;
      target.ignored();
      return null;
    };
    const enqueue = (message: Judgeable['message'] | null): Judgeable | null => {
      if (message === null) return null;
      if (this.#judged[message.type] >= MAX_JUDGED) {
        target.ignored();
        return null;
      }
      this.#judged[message.type] += 1;
      const entry: Judgeable = { message, answer: null };
      this.queue.push(entry);
      return entry;
    };
    const decision = (given: unknown, verdict?: Decision['verdict']) => {
      const found = mine(asDecision(given, verdict));
      return enqueue(found && { type: 'decision', decision: found });
    };
    const resolution = (given: unknown) => {
      const found = mine(asResolution(given));
      return enqueue(found && { type: 'resolution', resolution: found });
    };

    setHandler(statusQuery, () => target.status(), { description: 'What the operation is doing' });
    setHandler(approveSignal, (given) => void decision(given, 'approve'));
    setHandler(rejectSignal, (given) => void decision(given, 'reject'));
    setHandler(resolveSignal, (given) => void resolution(given));
    setHandler(holdSignal, (given) => {
      const request = mine(asRequest(given));
      if (request) target.hold(request);
    });
    setHandler(resumeSignal, (given) => {
      const request = mine(asRequest(given));
      if (request) target.resume(request);
    });
    setHandler(hintSignal, (given) => {
      if (mine(asRequest(given))) this.hinted = true;
    });
    const refusal = () => {
      if (this.#closed) return ENDED;
      const { decision: decisions, resolution: resolutions } = this.#judged;
      return Math.max(decisions, resolutions) >= MAX_JUDGED ? TOO_MANY : NOT_UNDERSTOOD;
    };
    setHandler(cancelUpdate, (given) => {
      const request = mine(asRequest(given));
      return request ? target.cancel(request) : refusal();
    });
    setHandler(decideUpdate, async (given) => {
      const entry = asResolution(given) ? resolution(given) : decision(given);
      if (entry === null) return refusal();
      await condition(() => entry.answer !== null);
      return entry.answer ?? ENDED;
    });
  }

  /** From now on messages are ignored; those that have been taken are still judged. */
  close(): void {
    this.#closed = true;
  }

  /** Answers what nobody is going to judge any more. */
  dismiss(): void {
    this.close();
    for (const entry of this.queue) entry.answer ??= ENDED;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** True once after a hint. */
  takeHint(): boolean {
    const hinted = this.hinted;
    this.hinted = false;
    return hinted;
  }
}

const ENDED: Answer = { accepted: false, reason: 'the operation has ended' };

const TOO_MANY: Answer = {
  accepted: false,
  reason: `more than ${MAX_JUDGED} decisions: nothing is judged any more`,
};

const NOT_UNDERSTOOD: Answer = {
  accepted: false,
  reason:
    'not understood: name this operation ({"operationId": …, "by": …}), and for a decision the plan hash and a verdict or choice',
};
