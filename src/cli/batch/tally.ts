import { ExitCode, worstOf } from '../exit-codes.js';
import type { BatchProblem } from './problems.js';
import type { RowEnd } from './one-row.js';
import type { StopReason } from './stop.js';

/** What a batch came to. */
export interface Summary {
  /** Rows that were taken, whatever became of them. */
  readonly rows: number;
  readonly started: number;
  /** Found by their keys: an earlier run of the same batch has started them. */
  readonly alreadyStarted: number;
  /** Rows without an operation, or whose operation was lost from sight. */
  readonly errors: number;
  /** How many ended how; `needs_human` is open until somebody decides. Empty without a wait. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** The first rows that are not as they were asked for. */
  readonly problems: readonly BatchProblem[];
  /** Null when no row was left out. */
  readonly stopped: { readonly because: StopReason; readonly afterLine: number } | null;
  readonly exitCode: ExitCode;
}

/** Problems that a summary repeats; all of them are with their rows. */
const REPEATED = 10;

/** Counts what becomes of rows. */
export class Tally {
  readonly #outcomes = new Map<string, number>();
  readonly #problems: BatchProblem[] = [];
  #rows = 0;
  #started = 0;
  #alreadyStarted = 0;
  #errors = 0;
  #failures = 0;
  #code: ExitCode = ExitCode.ok;

  get outcomes(): ReadonlyMap<string, number> {
    return this.#outcomes;
  }

  get rows(): number {
    return this.#rows;
  }

  get errors(): number {
    return this.#errors;
  }

  /**
   * Rows that went wrong in this run. Not those that an earlier run had started: otherwise a batch
   * that stops after so many could never get past them.
   */
  get failures(): number {
    return this.#failures;
  }

  add(end: RowEnd): void {
    const { line, operation, state, error, code } = end;
    this.#rows += 1;
    if (operation?.started === true) this.#started += 1;
    if (operation?.started === false) this.#alreadyStarted += 1;
    if (error !== undefined) this.#errors += 1;
    if (state !== undefined) this.#outcomes.set(state, (this.#outcomes.get(state) ?? 0) + 1);
    this.#code = worstOf(this.#code, code);
    if (!isFailure(end)) return;
    if (operation?.started !== false || error !== undefined) this.#failures += 1;
    this.#note([{ line, message: problemIn(end) }]);
  }

  /** What stands in the way of reading on. */
  addUnreadable(problems: readonly BatchProblem[]): void {
    this.#errors += 1;
    this.#code = worstOf(this.#code, ExitCode.badInput);
    this.#note(problems);
  }

  summary(stopped: Summary['stopped']): Summary {
    const interrupted = stopped?.because === 'interrupted';
    return {
      rows: this.#rows,
      started: this.#started,
      alreadyStarted: this.#alreadyStarted,
      errors: this.#errors,
      outcomes: Object.fromEntries(this.#outcomes),
      problems: this.#problems,
      stopped,
      exitCode: interrupted ? worstOf(this.#code, ExitCode.interrupted) : this.#code,
    };
  }

  #note(problems: readonly BatchProblem[]): void {
    this.#problems.push(...problems.slice(0, REPEATED - this.#problems.length));
  }
}

/** A site that works, with or without exceptions, is none. */
export function isFailure({ code }: Pick<RowEnd, 'code'>): boolean {
  return code !== ExitCode.ok && code !== ExitCode.succeededWithExceptions;
}

/** What is wrong with a row, in one line. */
export function problemIn({ subdomain, state, reason, error }: RowEnd): string {
  const what = error?.message ?? [state?.replaceAll('_', ' '), reason].filter(Boolean).join(': ');
  return subdomain === '' ? what : `${subdomain}: ${what}`;
}
