import { isJsonObject, type JsonObject, parseJsonObject } from '../http/json.js';
import { MESSAGE_LIMIT } from '../http/outcome.js';
import { head, plainLine } from '../http/text.js';
import type { Redact } from './redact.js';

const MOST_MESSAGES = 10;

/** An error answer of Press, in either of its two envelopes (A 1.6, observed 4 "Transport"). */
export interface ErrorEnvelope {
  readonly excType: string | null;
  /** What a person should read: all messages, or whatever else the envelope tells. */
  readonly text: string;
  readonly serverMessages: readonly string[];
  readonly redirectsTo: string | null;
}

function parseArray(text: unknown): unknown[] {
  if (typeof text !== 'string') return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function messageOf(entry: unknown): string {
  const value = typeof entry === 'string' ? (parseJsonObject(entry) ?? entry) : entry;
  if (typeof value === 'string') return value;
  return isJsonObject(value) && typeof value.message === 'string' ? value.message : '';
}

/**
 * `_server_messages`: a JSON string of a list of JSON strings of objects with HTML in them. Also
 * comes with a 200 and is no sign of failure there (A 1.5).
 */
export function serverMessagesOf(body: JsonObject, redact: Redact): string[] {
  const texts = parseArray(body._server_messages)
    .slice(0, MOST_MESSAGES)
    .map((entry) => head(redact(plainLine(messageOf(entry))), MESSAGE_LIMIT))
    .filter((text) => text !== '');
  return [...new Set(texts)];
}

/** `frappe.exceptions.ValidationError: text`; some DNS refusals hold only blanks here. */
function exceptionText(exception: unknown): string {
  if (typeof exception !== 'string') return '';
  return plainLine(exception.replace(/^[\w.]+(: |$)/, ''));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * Reads an error body; undefined when it is not Press that speaks (no `exc_type`, no `errors`):
 * a proxy's JSON 404 must never look like "this site does not exist".
 */
export function readErrorEnvelope(body: JsonObject, redact: Redact): ErrorEnvelope | undefined {
  const v2 = Array.isArray(body.errors) ? (body.errors as unknown[]).find(isJsonObject) : undefined;
  const excType = text(v2 ? v2.type : body.exc_type);
  if (excType === '') return undefined;
  const serverMessages = v2
    ? [redact(plainLine(text(v2.message)))]
    : serverMessagesOf(body, redact);
  const spoken =
    serverMessages.join(' / ') ||
    redact(plainLine(text(body._error_message))) ||
    redact(exceptionText(body.exception)) ||
    excType;
  const redirect = isJsonObject(body.message) ? text(body.message.redirect) : '';
  return {
    excType,
    text: spoken,
    serverMessages,
    redirectsTo: redirect === '' ? null : head(redirect, MESSAGE_LIMIT),
  };
}
