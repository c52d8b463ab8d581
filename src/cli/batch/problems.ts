/** One thing wrong with a batch file, and where. */
export interface BatchProblem {
  /** From 1, as editors count them. */
  readonly line: number;
  /** Column or key; absent when it is about the row as a whole. */
  readonly column?: string;
  readonly message: string;
}

/** More would not be read by anybody. */
const SHOWN = 50;

/** Problems as they are found: all are counted, the first ones kept. */
export class Problems {
  readonly #shown: BatchProblem[] = [];
  #count = 0;

  add(problems: readonly BatchProblem[]): void {
    this.#count += problems.length;
    this.#shown.push(...problems.slice(0, SHOWN - this.#shown.length));
  }

  /** @throws InvalidBatch when there are any */
  refuseIfAny(name: string): void {
    if (this.#count > 0) throw new InvalidBatch(name, this.#shown, this.#count);
  }
}

/** A batch file cannot be started; nothing was sent. */
export class InvalidBatch extends Error {
  override readonly name = 'InvalidBatch';
  /** The first of them. */
  readonly problems: readonly BatchProblem[];
  readonly more: number;

  constructor(name: string, problems: readonly BatchProblem[], count: number) {
    super(`${name} has ${count} problem${count === 1 ? '' : 's'}, nothing was sent`);
    this.problems = problems;
    this.more = count - problems.length;
  }
}

/** From here on the text cannot be understood. */
export class UnreadableRest extends Error {
  override readonly name = 'UnreadableRest';
  readonly problems: readonly BatchProblem[];

  constructor(problems: readonly BatchProblem[]) {
    super(problems.map(({ line, message }) => `line ${line}: ${message}`).join('; '));
    this.problems = problems;
  }
}

/** Characters of one row: a quote that is never closed must not take the whole file into memory. */
const LONGEST_ROW = 1_000_000;

/** @throws UnreadableRest */
export function refuseLongRow(length: number, line: number): void {
  if (length <= LONGEST_ROW) return;
  const message = `longer than ${LONGEST_ROW} characters: is a quote never closed?`;
  throw new UnreadableRest([{ line, message }]);
}
