import { log } from '@temporalio/workflow';
import { messageOf } from './failures.js';
import type { Compensation, UndoAnswer, Undone } from '../domain/saga.js';

/** The undos of an operation, as data. Each is registered before its step runs (D 4.4). */
export class Saga {
  #stack: Compensation[] = [];

  /** A step that timed out may still have taken effect: register first, then do. */
  onFailure(compensation: Compensation): void {
    this.#stack.push(compensation);
  }

  /**
   * Runs every undo, newest first; one that fails does not stop the next. What could not be
   * undone stays on the stack, so that it can be tried again. Call it shielded from cancellation.
   */
  async compensate(
    run: (compensation: Compensation) => Promise<UndoAnswer>,
  ): Promise<readonly Undone[]> {
    const undone: Undone[] = [];
    const failed: Compensation[] = [];
    for (const compensation of [...this.#stack].reverse()) {
      try {
        undone.push({ label: compensation.label, ...(await run(compensation)) });
      } catch (error) {
        const message = messageOf(error);
        log.warn('an undo failed', { label: compensation.label, message });
        undone.push({ label: compensation.label, result: 'failed', message });
        failed.unshift(compensation);
      }
    }
    this.#stack = failed;
    return undone;
  }
}
