import { Agenda } from '../../shared/agenda.js';
import { VirtualClock } from '../../shared/clock.js';
import { nextRandom } from '../../shared/random.js';
import { iso, type Micros } from '../../shared/time.js';
import type { Timings } from '../types.js';
import type { SiteRow, WorldState } from './model.js';

const HEX = '0123456789abcdef';

/** The simulated MaplePress: its rows, its clock, its randomness. Knows nothing of HTTP. */
export class World {
  state: WorldState;
  readonly clock: VirtualClock;
  readonly timings: Timings;
  readonly agenda: Agenda;
  /** Called after every change, to save the state. */
  onChange: () => void = () => {};
  /** The call being executed, 0 outside of calls: effects are booked on it. */
  currentCall = 0;

  constructor(state: WorldState, timings: Timings, speed: number) {
    this.state = state;
    this.timings = timings;
    this.agenda = new Agenda(
      () => this.state,
      () => this.now(),
    );
    this.clock = new VirtualClock(state.now, speed, {
      next: () => this.agenda.next(),
      runDue: () => {
        this.agenda.runDue();
        this.onChange();
      },
    });
  }

  now(): Micros {
    return this.clock.now();
  }

  random(): number {
    const { state, value } = nextRandom(this.state.random);
    this.state.random = state;
    return value;
  }

  hex(length: number): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += HEX[Math.floor(this.random() * HEX.length)];
    return text;
  }

  /** Version 4, from the seeded randomness. */
  uuid(): string {
    const variant = HEX[8 + Math.floor(this.random() * 4)];
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }

  sites(): SiteRow[] {
    return Object.values(this.state.sites);
  }

  /** Books a committed change on the current call. */
  effect(key: string): void {
    const { effects } = this.state;
    effects.push({
      seq: effects.length + 1,
      at: iso(this.now()),
      key,
      callSeq: this.currentCall,
    });
  }
}
