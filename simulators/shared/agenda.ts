import type { Json } from './json.js';
import type { Micros } from './time.js';

/** A thing due at a virtual time. Data, not a closure, so that it survives a restart. */
export interface Task {
  seq: number;
  at: Micros;
  kind: string;
  ref: Json;
}

/** Where a world keeps what is to come. */
export interface TaskState {
  tasks: Task[];
  taskSeq: number;
}

type TaskHandler = (ref: Json) => void;

/** What is to come, in its order; the modules of a world tell what each kind of task does. */
export class Agenda {
  readonly #handlers = new Map<string, TaskHandler>();
  readonly #state: () => TaskState;
  readonly #now: () => Micros;

  constructor(state: () => TaskState, now: () => Micros) {
    this.#state = state;
    this.#now = now;
  }

  on(kind: string, handler: TaskHandler): void {
    this.#handlers.set(kind, handler);
  }

  schedule(at: Micros, kind: string, ref: Json): void {
    const state = this.#state();
    const task: Task = { seq: (state.taskSeq += 1), at: Math.max(at, this.#now()), kind, ref };
    const after = state.tasks.findIndex((other) => other.at > task.at);
    state.tasks.splice(after < 0 ? state.tasks.length : after, 0, task);
  }

  /** When the next thing is due, or null. */
  next(): Micros | null {
    return this.#state().tasks[0]?.at ?? null;
  }

  /** Runs everything due at or before the present. */
  runDue(): void {
    const now = this.#now();
    const { tasks } = this.#state();
    for (let task = tasks[0]; task !== undefined && task.at <= now; task = tasks[0]) {
      tasks.shift();
      this.#handlers.get(task.kind)?.(task.ref);
    }
  }
}
