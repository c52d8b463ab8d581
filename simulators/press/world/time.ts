import { MICROS_PER_MS } from '../../shared/time.js';
import type { Micros } from './model.js';

export { iso, MICROS_PER_MS } from '../../shared/time.js';
export const MICROS_PER_SECOND = 1_000_000;
const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `YYYY-MM-DD HH:MM:SS.ffffff` without a zone, shifted to the server's zone (A 1.5). */
export function naive(time: Micros, utcOffsetMinutes: number): string {
  const shifted = time + utcOffsetMinutes * MICROS_PER_MINUTE;
  const seconds = Math.floor(shifted / MICROS_PER_SECOND);
  const date = new Date(seconds * 1000);
  return (
    `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())} ` +
    `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}` +
    `.${pad(shifted - seconds * MICROS_PER_SECOND, 6)}`
  );
}

/** As {@link naive}, without a fraction of zeros: what a person has typed comes back like this. */
export const naiveShort = (time: Micros, utcOffsetMinutes: number): string =>
  naive(time, utcOffsetMinutes).replace(/\.0+$/, '');

/** The time a naive datetime of the server's zone means, or null when it is none. */
export function fromNaive(text: string, utcOffsetMinutes: number): Micros | null {
  const time = Date.parse(`${text.trim().replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : time * MICROS_PER_MS - utcOffsetMinutes * MICROS_PER_MINUTE;
}

/** Seconds lose their padding once there is a fraction, and trailing zeros go (observed C3). */
export function duration(length: Micros): string {
  const total = Math.floor(length / MICROS_PER_SECOND);
  const fraction = pad(length - total * MICROS_PER_SECOND, 6).replace(/0+$/, '');
  const seconds = fraction === '' ? pad(total % 60) : `${total % 60}.${fraction}`;
  return `${Math.floor(total / 3600)}:${pad(Math.floor(total / 60) % 60)}:${seconds}`;
}

/** The part of a day, in the server's zone, that has passed. */
export function timeOfDay(time: Micros, utcOffsetMinutes: number): Micros {
  return (time + utcOffsetMinutes * MICROS_PER_MINUTE) % (24 * 60 * MICROS_PER_MINUTE);
}
