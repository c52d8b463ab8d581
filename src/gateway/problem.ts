import { LedgerTooNew, LedgerUnavailable } from '../ledger/index.js';
import { MaplePressError, UnknownTenant } from '../maplepress/index.js';
import { PressError, PressErrorCode, UnknownAccount } from '../frappe-cloud/index.js';
import { maplePressProblem } from './maplepress/problem.js';

const HOW_TO_ADD_A_TENANT =
  'the gateway has those of its configuration: MAPLEPRESS_<NAME>_URL, _EMAIL and _PASSWORD';

/** What a request is answered with instead of what it asked for. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** What to do about it; null when the message says it. */
  readonly hint: string | null;
}

/** A request that is refused by the gateway itself. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, code: string, message: string, hint: string | null = null) {
    super(message);
    this.status = status;
    this.problem = { code, message, hint };
  }
}

/** A {@link Problem} with its HTTP status. */
export interface ProblemAnswer {
  readonly status: number;
  readonly problem: Problem;
}

/**
 * How an error is told to a caller. What nobody foresaw is a 500 without its message, which might
 * repeat anything; the log has it.
 */
export function problemOf(error: unknown): ProblemAnswer {
  if (error instanceof GatewayError) return error;
  if (error instanceof UnknownAccount) {
    return answer(404, 'unknown_account', error.message);
  }
  if (error instanceof PressError) return pressProblem(error);
  if (error instanceof UnknownTenant) {
    return answer(404, 'unknown_tenant', error.message, HOW_TO_ADD_A_TENANT);
  }
  if (error instanceof MaplePressError) return maplePressProblem(error);
  if (error instanceof LedgerUnavailable || error instanceof LedgerTooNew) {
    return answer(503, 'ledger_unavailable', 'the ledger does not answer', 'try again in a minute');
  }
  const status = clientStatus(error);
  if (status !== null) return answer(status, 'bad_request', 'the request cannot be read');
  const hint = 'its log says what has happened; this is a defect of Sitewright';
  return answer(500, 'internal', 'the gateway has failed', hint);
}

function answer(
  status: number,
  code: string,
  message: string,
  hint: string | null = null,
): ProblemAnswer {
  return { status, problem: { code, message, hint } };
}

/** Status, and what to do, for the errors that people can do something about (A 1.7-1.9). */
const PRESS_PROBLEMS: Readonly<
  Partial<Record<PressErrorCode, readonly [status: number, code: string, hint: string]>>
> = {
  [PressErrorCode.NOT_FOUND]: [
    404,
    'not_found',
    'what there is: npx sitewright sites, npx sitewright jobs <site>',
  ],
  [PressErrorCode.FORBIDDEN]: [
    403,
    'forbidden',
    'it is not of this team, or the user of the key has no role for it',
  ],
  [PressErrorCode.UNAUTHORIZED]: [
    502,
    'credentials_refused',
    'Frappe Cloud refuses the key of this account: npx sitewright doctor',
  ],
  [PressErrorCode.RATE_LIMITED]: [503, 'rate_limited', 'try again in a minute'],
  [PressErrorCode.ABORTED]: [499, 'gone', 'the caller has gone'],
  [PressErrorCode.TIMEOUT]: [504, 'press_timeout', 'Frappe Cloud is slow; try again'],
  [PressErrorCode.REFUSED]: [422, 'refused', 'Frappe Cloud does not allow it'],
  [PressErrorCode.BAD_ANSWER]: [
    502,
    'unexpected_answer',
    'Frappe Cloud has changed an answer; this is for the makers of Sitewright',
  ],
};

function pressProblem(error: PressError): ProblemAnswer {
  const [status, code, hint] = PRESS_PROBLEMS[error.code] ?? [
    502,
    'press_unavailable',
    'Frappe Cloud does not answer as it should; try again',
  ];
  const where = status >= 500 ? `${error.endpoint}: ` : '';
  return answer(status, code, `${where}${error.message}`, hint);
}

/** Of an error of the HTTP server: too large, not decodable, and the like. */
function clientStatus(error: unknown): number | null {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
    ? statusCode
    : null;
}
