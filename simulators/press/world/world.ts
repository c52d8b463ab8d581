import type { Timings } from '../timing-types.js';
import type { Json } from '../types.js';
import { Agenda } from '../../shared/agenda.js';
import { VirtualClock } from '../../shared/clock.js';
import { nextRandom } from '../../shared/random.js';
import type { Micros, Row, WorldState } from './model.js';
import { hashFrom } from './random.js';
import { fromNaive, iso, MICROS_PER_MS, naive, naiveShort } from './time.js';

/** Length of Frappe's row hashes. */
const NAME_LENGTH = 10;

/**
 * The simulated Press: its rows, its clock, its randomness. Knows nothing of HTTP; what the rows
 * mean is told by the modules that register task handlers and by the endpoints.
 */
export class World {
  state: WorldState;
  readonly clock: VirtualClock;
  readonly timings: Timings;
  /** Called after every change, to save the state. */
  onChange: () => void = () => {};
  /** The call being executed, 0 outside of calls: effects are booked on it. */
  currentCall = 0;
  readonly #agenda = new Agenda(
    () => this.state,
    () => this.now(),
  );

  constructor(state: WorldState, timings: Timings, speed: number) {
    this.state = state;
    this.timings = timings;
    this.clock = new VirtualClock(state.now, speed, {
      next: () => this.#agenda.next(),
      runDue: () => {
        this.#agenda.runDue();
        this.onChange();
      },
    });
  }

  now(): Micros {
    return this.clock.now();
  }

  /** A row's time stamp: the present, but never twice the same, so that rows have an order. */
  stamp(): Micros {
    this.state.lastStamp = Math.max(this.now(), this.state.lastStamp + 1);
    return this.state.lastStamp;
  }

  random(): number {
    const { state, value } = nextRandom(this.state.random);
    this.state.random = state;
    return value;
  }

  hash(length = NAME_LENGTH): string {
    return hashFrom(() => this.random(), length);
  }

  /** A virtual duration around `ms`, in microseconds. */
  spread(ms: number): Micros {
    const factor = 1 + this.timings.jitter * (2 * this.random() - 1);
    return Math.round(ms * factor * MICROS_PER_MS);
  }

  newRow(owner: string, name = this.hash()): Row {
    const at = this.stamp();
    return { name, owner, creation: at, modified: at, modifiedBy: owner };
  }

  touch(row: Row, by = 'Administrator'): void {
    row.modified = this.stamp();
    row.modifiedBy = by;
  }

  /** A naive datetime in the server's zone (A 1.5). */
  local(time: Micros | null): string | null {
    return time === null ? null : naive(time, this.state.utcOffsetMinutes);
  }

  localShort(time: Micros | null): string | null {
    return time === null ? null : naiveShort(time, this.state.utcOffsetMinutes);
  }

  /** The time a naive datetime of a request means; null for none. */
  fromLocal(text: string): Micros | null {
    return text === '' ? null : fromNaive(text, this.state.utcOffsetMinutes);
  }

  onTask(kind: string, handler: (ref: Json) => void): void {
    this.#agenda.on(kind, handler);
  }

  schedule(at: Micros, kind: string, ref: Json): void {
    this.#agenda.schedule(at, kind, ref);
  }

  /** Books a committed remote mutation on the current call. */
  effect(effect: string, target: string, detail?: string): void {
    this.state.effects.push({
      seq: this.state.effects.length + 1,
      at: iso(this.now()),
      effect,
      target,
      callSeq: this.currentCall,
      key: [effect, target, ...(detail === undefined ? [] : [detail])].join(':'),
    });
  }
}
