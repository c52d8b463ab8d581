import { MESSAGE_LIMIT, type Sent } from '../http/outcome.js';
import { head } from '../http/text.js';

/**
 * What went wrong. The first two groups are the errors of MaplePress's own description, with its
 * words; the last one is what any HTTP service can do.
 */
export const MaplePressErrorCode = {
  // Found before a call is made.
  SITE_DATA_REQUIRED: 'SITE_DATA_REQUIRED',
  SITE_URL_REQUIRED: 'SITE_URL_REQUIRED',
  INVALID_SITE_URL: 'INVALID_SITE_URL',
  UNSUPPORTED_PROTOCOL: 'UNSUPPORTED_PROTOCOL',
  DOMAIN_NOT_EXTRACTABLE: 'DOMAIN_NOT_EXTRACTABLE',
  INVALID_PAGE_SIZE: 'INVALID_PAGE_SIZE',
  SITE_ID_REQUIRED: 'SITE_ID_REQUIRED',
  INVALID_SITE_ID: 'INVALID_SITE_ID',

  // Said by MaplePress.
  /** 401, also with a fresh token. */
  AUTHENTICATION_REQUIRED: 'AUTHENTICATION_REQUIRED',
  /** 400. */
  INVALID_DATA: 'INVALID_DATA',
  /** 409 of a registration; perhaps by our own earlier send. */
  DOMAIN_REGISTERED: 'DOMAIN_REGISTERED',
  /** 404 about a site; also another tenant's. */
  SITE_NOT_FOUND: 'SITE_NOT_FOUND',
  /** 500. Not a proof that nothing happened. */
  SERVER_ERROR: 'SERVER_ERROR',
  /** Login refuses e-mail or password. */
  LOGIN_REFUSED: 'LOGIN_REFUSED',
  /** Any other refusal: 403, 422 and such. */
  REFUSED: 'REFUSED',

  /** Nothing listens, the name does not resolve, TLS was refused: certainly not sent. */
  UNREACHABLE: 'UNREACHABLE',
  /** Our own time limit; `sent` tells whether the request had left. */
  TIMEOUT: 'TIMEOUT',
  /** The connection broke after the request had left. */
  CONNECTION_LOST: 'CONNECTION_LOST',
  /** The caller's signal. */
  ABORTED: 'ABORTED',
  /** 429, or our own request bucket was empty for too long (`sent: 'no'`). */
  RATE_LIMITED: 'RATE_LIMITED',
  /** 503. */
  UNAVAILABLE: 'UNAVAILABLE',
  /** 502, 504. */
  GATEWAY: 'GATEWAY',
  /** HTML, broken JSON, a redirect, too large, or not the shape we know. */
  BAD_ANSWER: 'BAD_ANSWER',
} as const;
export type MaplePressErrorCode = (typeof MaplePressErrorCode)[keyof typeof MaplePressErrorCode];

export interface MaplePressErrorFields {
  readonly code: MaplePressErrorCode;
  /** For a person: without HTML and without secrets. */
  readonly message: string;
  /** Method and path without ids, such as `DELETE /api/v1/sites/{id}`. */
  readonly endpoint: string;
  readonly sent: Sent;
  readonly ended?: boolean;
  readonly status?: number | null;
  readonly serverMessage?: string | null;
  readonly retryAfterMs?: number | null;
  readonly lastByteAt?: number | null;
}

/**
 * The one error of this client. Carries no cause and no request, so that neither credentials nor
 * keys can travel with it.
 */
export class MaplePressError extends Error {
  override readonly name = 'MaplePressError';
  readonly code: MaplePressErrorCode;
  readonly endpoint: string;
  readonly sent: Sent;
  /** True when the request has certainly ended on the server: MaplePress answered with JSON. */
  readonly ended: boolean;
  /** HTTP status, when there was one. */
  readonly status: number | null;
  /** What MaplePress said, where `message` has the words of its description. */
  readonly serverMessage: string | null;
  /** From `Retry-After`; null when MaplePress did not say. */
  readonly retryAfterMs: number | null;
  /** Epoch ms of our clock at the end of contact; null when there was none. */
  readonly lastByteAt: number | null;

  constructor(fields: MaplePressErrorFields) {
    super(head(fields.message, MESSAGE_LIMIT));
    this.code = fields.code;
    this.endpoint = fields.endpoint;
    this.sent = fields.sent;
    this.ended = fields.ended ?? false;
    this.status = fields.status ?? null;
    this.serverMessage =
      fields.serverMessage == null ? null : head(fields.serverMessage, MESSAGE_LIMIT);
    this.retryAfterMs = fields.retryAfterMs ?? null;
    this.lastByteAt = fields.lastByteAt ?? null;
  }

  /** `message` is not enumerable on errors; logs and records want it. */
  toJSON(): MaplePressErrorFields {
    return { ...this, message: this.message };
  }
}

/** Answers of MaplePress itself after which nothing has changed. */
const WITHOUT_EFFECT: ReadonlySet<MaplePressErrorCode> = new Set([
  MaplePressErrorCode.AUTHENTICATION_REQUIRED,
  MaplePressErrorCode.INVALID_DATA,
  MaplePressErrorCode.DOMAIN_REGISTERED,
  MaplePressErrorCode.SITE_NOT_FOUND,
  MaplePressErrorCode.LOGIN_REFUSED,
  MaplePressErrorCode.REFUSED,
  MaplePressErrorCode.RATE_LIMITED,
]);

/**
 * Whether a command that ended with this error may have taken effect. If so, locate before sending
 * it again: a site by its domain, a rotation by the key's last four characters.
 */
export function mayHaveLanded(error: MaplePressError): boolean {
  if (error.sent === 'no') return false;
  return !(error.sent === 'yes' && WITHOUT_EFFECT.has(error.code));
}
