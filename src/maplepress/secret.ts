/** What stands in the place of a secret. */
export const MASK = '•••';

const LAST_CHARACTERS = 4;

/**
 * A value that is shown once and must not be written down by accident: logged, inspected or turned
 * into JSON it is `•••`. Only {@link Secret.reveal} gives it away.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, to be sealed at once. */
  reveal(): string {
    return this.#value;
  }

  /** Its last four characters, which MaplePress shows of a key at any time. */
  lastFour(): string {
    return this.#value.slice(-LAST_CHARACTERS);
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
