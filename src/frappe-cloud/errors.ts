import { MESSAGE_LIMIT, type Sent } from '../http/outcome.js';
import { head } from '../http/text.js';

/** What went wrong, in terms a caller can decide on (A 1.7-1.9). */
export const PressErrorCode = {
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
  /** 401: key, secret or team wrong. */
  UNAUTHORIZED: 'UNAUTHORIZED',
  /** 401 "Access not allowed for this URL": a defect of ours, not of the credentials (A 1.1). */
  PATH_NOT_ALLOWED: 'PATH_NOT_ALLOWED',
  /** 403; on many endpoints also "does not exist" (A 1.7). */
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  /** 409: the name is taken, perhaps by our own earlier send (A 7). */
  DUPLICATE: 'DUPLICATE',
  /** A lost race; nothing was stored. Read again, then decide (observed C6). */
  RACE: 'RACE',
  /** The site or bench is busy; the same call may pass later (A 1.9). */
  BUSY: 'BUSY',
  /** The custom domain does not point here yet (C 5.5). */
  DNS: 'DNS',
  /** Any other refusal by a rule of business. */
  REFUSED: 'REFUSED',
  /** 500 by a database deadlock or lock timeout: rolled back, may be repeated (observed-2 1). */
  CONTENTION: 'CONTENTION',
  UNAVAILABLE: 'UNAVAILABLE',
  GATEWAY: 'GATEWAY',
  /** Any other 5xx. Not a proof that nothing happened (observed-2 6.1). */
  SERVER_ERROR: 'SERVER_ERROR',
  /** HTML, broken JSON, a redirect, too large, or not the shape we know. */
  BAD_ANSWER: 'BAD_ANSWER',
} as const;
export type PressErrorCode = (typeof PressErrorCode)[keyof typeof PressErrorCode];

export interface PressErrorFields {
  readonly code: PressErrorCode;
  /** For a person: without HTML and without secrets. */
  readonly message: string;
  /** Dotted method name, such as `press.api.site.new`. */
  readonly endpoint: string;
  readonly sent: Sent;
  /** HTTP status, when there was one. */
  readonly status?: number | null;
  /** Python class without its module: Press's own discriminator (A 1.6). */
  readonly excType?: string | null;
  readonly retryAfterMs?: number | null;
  readonly ended?: boolean;
  readonly serverMessages?: readonly string[];
  readonly redirectsTo?: string | null;
  readonly lastByteAt?: number | null;
}

/**
 * The one error of this client. Carries no cause and no request, so that neither credentials nor
 * request bodies can travel with it.
 */
export class PressError extends Error {
  override readonly name = 'PressError';
  readonly code: PressErrorCode;
  readonly status: number | null;
  readonly excType: string | null;
  readonly endpoint: string;
  /** From `Retry-After`; null when Press did not say (`RateLimitExceededError` never does, A 6). */
  readonly retryAfterMs: number | null;
  readonly sent: Sent;
  /** True when the request has certainly ended on the server: Press answered with JSON. */
  readonly ended: boolean;
  /** Everything Press said, in its order; the first entry may hold the real reason (observed-2 7). */
  readonly serverMessages: readonly string[];
  /** A custom domain was asked for as a site: the path of the site's page (A 2.4). */
  readonly redirectsTo: string | null;
  /** Epoch ms of our clock at the end of contact; null when there was none. Horizons start here. */
  readonly lastByteAt: number | null;

  constructor(fields: PressErrorFields) {
    super(head(fields.message, MESSAGE_LIMIT));
    this.code = fields.code;
    this.status = fields.status ?? null;
    this.excType = fields.excType ?? null;
    this.endpoint = fields.endpoint;
    this.retryAfterMs = fields.retryAfterMs ?? null;
    this.sent = fields.sent;
    this.ended = fields.ended ?? false;
    this.serverMessages = fields.serverMessages ?? [];
    this.redirectsTo = fields.redirectsTo ?? null;
    this.lastByteAt = fields.lastByteAt ?? null;
  }

  /** `message` is not enumerable on errors; logs and records want it. */
  toJSON(): PressErrorFields {
    return { ...this, message: this.message };
  }
}
