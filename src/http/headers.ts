import type { HttpAnswer } from './exchange.js';

/** The first value of a header, by its name in small letters. */
export function header(answer: HttpAnswer, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Epoch ms from the `Date` header, or null. */
export function serverTimeOf(answer: HttpAnswer): number | null {
  const time = Date.parse(header(answer, 'date') ?? '');
  return Number.isNaN(time) ? null : time;
}

/** `Retry-After` in ms: seconds or an HTTP date; null when absent or unreadable. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined || header.trim() === '') return null;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(wait) ? null : Math.max(0, Math.round(wait));
}
