/**
 * Guards for everything that arrives in a signal or update (D 4, "messages never break a run"):
 * handlers take `unknown` and never throw; what does not fit is counted and ignored.
 */
import type { Decision } from './approvals.js';

/** Longest reason kept; the rest is cut. */
const MAX_TEXT = 500;

/**
 * What an operator chooses for an operation that waits as `needs_human` (D 4.5). `restore` puts the
 * safety copy back; `restore_forward` too, on the new version, leaving out patches that fail;
 * `rebuild` ends it, so that the site can be archived and made again from the copy. `give_up` leaves out the part that
 * is waited for (a custom domain) and goes on with the rest.
 */
export const CHOICES = [
  'retry',
  'roll_back',
  'restore',
  'restore_forward',
  'rebuild',
  'accept',
  'give_up',
  'abandon',
] as const;
export type Choice = (typeof CHOICES)[number];

export interface Resolution {
  readonly operationId: string;
  readonly choice: Choice;
  readonly by: string;
  readonly reason?: string;
}

/** Hold, resume, cancel and hint: who and why. */
export interface Request {
  readonly operationId: string;
  readonly by: string;
  readonly reason?: string;
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, MAX_TEXT) : null;
}

/** A short list of words; whatever else was sent is left out. */
function words(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 20).flatMap((word) => text(word) ?? []);
}

/** A request that names its operation and its author, or null. */
export function asRequest(value: unknown): Request | null {
  const given = record(value);
  const operationId = text(given?.['operationId']);
  const by = text(given?.['by']);
  if (operationId === null || by === null) return null;
  const reason = text(given?.['reason']);
  return { operationId, by, ...(reason === null ? {} : { reason }) };
}

/** A decision, or null. `verdict` comes from the signal's name or, for `decide`, from the payload. */
export function asDecision(value: unknown, verdict?: Decision['verdict']): Decision | null {
  const request = asRequest(value);
  const given = record(value);
  const planHash = text(given?.['planHash']);
  const said = verdict ?? given?.['verdict'];
  if (request === null || planHash === null) return null;
  if (said !== 'approve' && said !== 'reject') return null;
  const typedName = text(given?.['typedName']);
  const acknowledges = words(given?.['acknowledges']);
  return {
    ...request,
    planHash,
    verdict: said,
    ...(typedName !== null && { typedName }),
    ...(acknowledges.length > 0 && { acknowledges }),
  };
}

/** A resolution, or null. */
export function asResolution(value: unknown): Resolution | null {
  const request = asRequest(value);
  const choice = record(value)?.['choice'];
  if (request === null || !CHOICES.includes(choice as Choice)) return null;
  return { ...request, choice: choice as Choice };
}

/** What an update answers. */
export interface Answer {
  readonly accepted: boolean;
  readonly reason: string;
}
