/** Why no further row is started. */
export type StopReason = 'failures' | 'interrupted' | 'unreachable' | 'unreadable';

/** Tells that no further row is to be started; the first reason counts. */
export class Stop {
  readonly #controller = new AbortController();
  #reason: StopReason | null = null;

  get reason(): StopReason | null {
    return this.#reason;
  }

  /** Fires with the first reason: whoever waits for more rows need not any longer. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  because(reason: StopReason): void {
    this.#reason ??= reason;
    this.#controller.abort();
  }
}
