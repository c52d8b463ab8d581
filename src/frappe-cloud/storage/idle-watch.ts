/** A time limit that starts anew with every sign of life. */
export interface IdleWatch {
  /** Fires after `idleMs` without a sign, or with the given signal. */
  readonly signal: AbortSignal;
  moved(): void;
  /** Whether the limit was the reason. */
  idle(): boolean;
  stop(): void;
}

export function idleWatch(idleMs: number, given?: AbortSignal): IdleWatch {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), idleMs);
  return {
    signal: given ? AbortSignal.any([given, limit.signal]) : limit.signal,
    moved: () => void timer.refresh(),
    idle: () => limit.signal.aborted,
    stop: () => clearTimeout(timer),
  };
}
