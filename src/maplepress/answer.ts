import type { HttpAnswer, HttpFault } from '../http/exchange.js';
import { header, retryAfterMs, serverTimeOf } from '../http/headers.js';
import { isJsonObject, type JsonObject, parseJsonObject } from '../http/json.js';
import { plainLine } from '../http/text.js';
import { MaplePressError, MaplePressErrorCode, type MaplePressErrorFields } from './errors.js';
import type { Redact } from './redact.js';

/** What a status means at one endpoint, where it means more than anywhere. */
export type Meanings = Readonly<Partial<Record<number, MaplePressErrorCode>>>;

/** Statuses that mean the same whoever answers: MaplePress, its proxy, or something before it. */
const MEANINGS_OF_ANY_SERVER: Meanings = {
  429: MaplePressErrorCode.RATE_LIMITED,
  502: MaplePressErrorCode.GATEWAY,
  503: MaplePressErrorCode.UNAVAILABLE,
  504: MaplePressErrorCode.GATEWAY,
};

/** The words of MaplePress's description; where there are none, the server's own are shown. */
const WORDS: Partial<Record<MaplePressErrorCode, string>> = {
  AUTHENTICATION_REQUIRED: 'Authentication required. Please log in to continue.',
  DOMAIN_REGISTERED: 'This domain is already registered. Each domain can only be registered once.',
  SITE_NOT_FOUND: "Site not found or doesn't belong to your organization.",
};

/**
 * The body of a successful answer; an empty one counts as `{}`.
 *
 * @throws MaplePressError
 */
export function readAnswer(
  endpoint: string,
  answer: HttpAnswer,
  meanings: Meanings,
  redact: Redact,
): JsonObject {
  const { status } = answer;
  const body = parseJsonObject(answer.body);
  if (status >= 200 && status < 300) {
    if (body !== undefined) return body;
    if (status === 204) return {};
  }
  const lastByteAt = Date.now();
  const isError = status >= 400;
  const code = codeOf(status, isError ? body : undefined, meanings);
  const serverMessage = isError && body !== undefined ? spokenIn(body, redact) : null;
  // Only JSON is MaplePress speaking: a proxy's 404 page must never look like "no such site".
  const fromMaplePress =
    isError &&
    code !== 'BAD_ANSWER' &&
    code !== 'GATEWAY' &&
    (body !== undefined || status === 401);
  throw new MaplePressError({
    code,
    message: WORDS[code] ?? serverMessage ?? plainWords(status, body !== undefined),
    endpoint,
    status,
    sent: fromMaplePress ? 'yes' : 'maybe',
    ended: fromMaplePress,
    serverMessage,
    retryAfterMs: retryAfterMs(header(answer, 'retry-after'), serverTimeOf(answer) ?? lastByteAt),
    lastByteAt,
  });
}

function codeOf(
  status: number,
  body: JsonObject | undefined,
  meanings: Meanings,
): MaplePressErrorCode {
  if (status === 401) return meanings[status] ?? MaplePressErrorCode.AUTHENTICATION_REQUIRED;
  const always = MEANINGS_OF_ANY_SERVER[status];
  if (always !== undefined) return always;
  if (body === undefined) return status >= 500 ? 'SERVER_ERROR' : 'BAD_ANSWER';
  const meant = meanings[status];
  if (meant !== undefined) return meant;
  if (status === 400) return 'INVALID_DATA';
  if (status >= 500) return 'SERVER_ERROR';
  return status === 404 ? 'BAD_ANSWER' : 'REFUSED';
}

function plainWords(status: number, isJson: boolean): string {
  if (status >= 500) return `MaplePress failed (HTTP ${status})`;
  return isJson ? `HTTP ${status}` : `HTTP ${status} with something that is not MaplePress's JSON`;
}

/** The description does not tell how errors look; these are the usual names. */
const SPOKEN = ['message', 'error', 'detail', 'error_description'];

function spokenIn(body: JsonObject, redact: Redact): string | null {
  const found = SPOKEN.map((name) => body[name]).find((text) => typeof text === 'string');
  const fields = fieldErrors(body.details ?? body.errors);
  const spoken = [...(typeof found === 'string' ? [found] : []), ...fields].join(': ');
  const text = redact(plainLine(spoken));
  return text === '' ? null : text;
}

/** `{ "site_url": "…" }`, as validators answer. */
function fieldErrors(details: unknown): string[] {
  if (!isJsonObject(details)) return [];
  return Object.values(details).filter((text) => typeof text === 'string');
}

/** @param givenUp whether the caller's signal ended the exchange, and not our time limit */
export function faultToError(
  fault: HttpFault,
  endpoint: string,
  givenUp: boolean,
): MaplePressError {
  const of = (code: MaplePressErrorCode, message: string): MaplePressErrorFields => ({
    code,
    message,
    endpoint,
    sent: fault.started ? 'maybe' : 'no',
    lastByteAt: fault.started ? Date.now() : null,
  });
  switch (fault.kind) {
    case 'too_large':
      return new MaplePressError(of('BAD_ANSWER', 'the answer is too large'));
    case 'aborted':
      return new MaplePressError(
        givenUp
          ? of('ABORTED', 'the call was given up')
          : of('TIMEOUT', 'no answer within the time limit'),
      );
    case 'network':
      return new MaplePressError(
        fault.started
          ? of('CONNECTION_LOST', `connection lost (${fault.networkCode})`)
          : of('UNREACHABLE', `MaplePress cannot be reached (${fault.networkCode})`),
      );
  }
}
