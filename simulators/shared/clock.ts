import { type Micros, MICROS_PER_MS } from './time.js';

/** Longest delay `setTimeout` takes; a longer wait is armed again. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** What the clock drives: the ordered list of due things. */
interface Agenda {
  /** When the next thing is due, or null. */
  next(): Micros | null;
  /** Runs everything due at or before the clock's present. */
  runDue(): void;
}

/**
 * Virtual time: real time times a factor, plus what was advanced by hand. While due things run,
 * the clock stands at *their* time, so that a jump of two days leaves the same traces as two days.
 */
export class VirtualClock {
  #anchorVirtual: Micros;
  #anchorReal = performance.now();
  #speed: number;
  #pinned: Micros | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #agenda: Agenda;

  constructor(start: Micros, speed: number, agenda: Agenda) {
    this.#anchorVirtual = start;
    this.#speed = speed;
    this.#agenda = agenda;
  }

  now(): Micros {
    if (this.#pinned !== null) return this.#pinned;
    const elapsed = (performance.now() - this.#anchorReal) * this.#speed * MICROS_PER_MS;
    return this.#anchorVirtual + Math.floor(elapsed);
  }

  /** Brings the world up to the present and arms the timer for what comes next. */
  catchUp(): void {
    this.#runUntil(this.now());
    this.#arm();
  }

  advance(ms: number): void {
    const target = this.now() + ms * MICROS_PER_MS;
    this.#runUntil(target);
    this.#anchorAt(target);
    this.#arm();
  }

  setSpeed(factor: number): void {
    this.catchUp();
    this.#anchorAt(this.now());
    this.#speed = factor;
    this.#arm();
  }

  /** Sets the clock back to another history, e.g. after a reset. */
  restart(at: Micros): void {
    this.#anchorAt(at);
    this.#arm();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#anchorAt(this.now());
    this.#speed = 0;
  }

  #anchorAt(virtual: Micros): void {
    this.#anchorVirtual = virtual;
    this.#anchorReal = performance.now();
  }

  #runUntil(target: Micros): void {
    for (;;) {
      const next = this.#agenda.next();
      if (next === null || next > target) return;
      this.#pinned = next;
      try {
        this.#agenda.runDue();
      } finally {
        this.#pinned = null;
      }
    }
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#agenda.next();
    if (next === null || this.#speed <= 0) return;
    const realMs = (next - this.now()) / MICROS_PER_MS / this.#speed;
    this.#timer = setTimeout(
      () => {
        this.catchUp();
      },
      Math.min(Math.max(realMs, 0), MAX_TIMER_MS),
    );
    this.#timer.unref();
  }
}
