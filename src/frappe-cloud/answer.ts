import type { HttpAnswer, HttpFault } from '../http/exchange.js';
import { header, retryAfterMs, serverTimeOf } from '../http/headers.js';
import { parseJsonObject } from '../http/json.js';
import { classify } from './classify.js';
import { readErrorEnvelope, serverMessagesOf } from './envelope.js';
import { PressError, PressErrorCode, type PressErrorFields } from './errors.js';
import type { Redact } from './redact.js';

export interface PressAnswer {
  /** The method's value; undefined when it returned None (A 1.5). */
  readonly message: unknown;
  /** The documents that `run_doc_method` adds; empty elsewhere. */
  readonly docs: readonly unknown[];
  /** Plain text; also present on success (A 1.5). */
  readonly serverMessages: readonly string[];
  /** Epoch ms from the `Date` header, or null. */
  readonly serverTime: number | null;
  /** Epoch ms of our clock when the last byte came. */
  readonly lastByteAt: number;
}

/**
 * What Press said, or the error it means.
 *
 * @throws PressError
 */
export function readAnswer(endpoint: string, answer: HttpAnswer, redact: Redact): PressAnswer {
  const lastByteAt = Date.now();
  const serverTime = serverTimeOf(answer);
  const body = parseJsonObject(answer.body);
  const { status } = answer;
  if (status >= 200 && status < 300 && body) {
    return {
      message: body.message,
      docs: Array.isArray(body.docs) ? body.docs : [],
      serverMessages: serverMessagesOf(body, redact),
      serverTime,
      lastByteAt,
    };
  }
  const envelope = body && status >= 400 ? readErrorEnvelope(body, redact) : undefined;
  const code = classify(status, envelope);
  const fromPress = envelope !== undefined && code !== PressErrorCode.GATEWAY;
  throw new PressError({
    code,
    message: envelope?.text ?? `HTTP ${status} with something that is not Press's JSON`,
    endpoint,
    status,
    excType: envelope?.excType ?? null,
    retryAfterMs: retryAfterMs(header(answer, 'retry-after'), serverTime ?? lastByteAt),
    sent: fromPress ? 'yes' : 'maybe',
    ended: fromPress,
    serverMessages: envelope?.serverMessages ?? [],
    redirectsTo: envelope?.redirectsTo ?? null,
    lastByteAt,
  });
}

/**
 * @param givenUp whether the caller's signal ended the exchange, and not our time limit
 * @param who was asked, for the message
 */
export function faultToError(
  fault: HttpFault,
  endpoint: string,
  givenUp: boolean,
  who = 'Press',
): PressError {
  const of = (code: PressErrorCode, message: string): PressErrorFields => ({
    code,
    message,
    endpoint,
    sent: fault.started ? 'maybe' : 'no',
    lastByteAt: fault.started ? Date.now() : null,
  });
  const { ABORTED, BAD_ANSWER, CONNECTION_LOST, TIMEOUT, UNREACHABLE } = PressErrorCode;
  switch (fault.kind) {
    case 'too_large':
      return new PressError(of(BAD_ANSWER, 'the answer is too large'));
    case 'aborted':
      return new PressError(
        givenUp
          ? of(ABORTED, 'the call was given up')
          : of(TIMEOUT, 'no answer within the time limit'),
      );
    case 'network':
      return new PressError(
        fault.started
          ? of(CONNECTION_LOST, `connection lost (${fault.networkCode})`)
          : of(UNREACHABLE, `${who} cannot be reached (${fault.networkCode})`),
      );
  }
}
