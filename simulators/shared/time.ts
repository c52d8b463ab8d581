/** Virtual time since the epoch in microseconds. */
export type Micros = number;

export const MICROS_PER_MS = 1000;

export const iso = (time: Micros): string =>
  new Date(Math.floor(time / MICROS_PER_MS)).toISOString();
