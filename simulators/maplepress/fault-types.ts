import type { Json } from '../shared/json.js';
import type { RuleTiming } from '../shared/rules.js';

/** Which calls a rule applies to. All given conditions must hold. */
export interface CallMatch {
  /** `POST /api/v1/sites/{id}/rotate-api-key` as a template, or a regular expression between slashes. */
  endpoint: string;
  /** Values that must be found in the body, by dotted path: `{ "site_url": "https://example.com" }`. */
  body?: Record<string, Json>;
  /** Id of the site in the path. */
  site?: string;
  tenant?: string;
}

export type CallFault =
  /** The connection is closed; nothing happened. */
  | { kind: 'lose_request' }
  /** The effect is committed; the connection is closed instead of answering. */
  | { kind: 'lose_answer' }
  /** No answer ever, until the caller hangs up. `effect` (default true): whether it is executed. */
  | { kind: 'hang'; effect?: boolean }
  /** Executed only after `seconds`, whether or not the caller is still there. */
  | { kind: 'late'; seconds: number }
  /** Executed at once, answered after `seconds`. */
  | { kind: 'delay'; seconds: number }
  /** MaplePress fails with this status (default 500; 404 as if it did not know the site); `effect` (default false): after the commit. */
  | { kind: 'server_error'; status?: 404 | 500 | 503; effect?: boolean }
  /** The front end answers with its HTML page; `effect` (default true): does the call land? */
  | { kind: 'gateway_error'; status: 502 | 503 | 504; effect?: boolean }
  /** An HTML page, status 200 unless told otherwise; `effect` default false. */
  | { kind: 'html_page'; status?: number; effect?: boolean }
  /** The effect is committed, the answer is `body` (default: a list where an object was due). */
  | { kind: 'wrong_shape'; body?: Json }
  /** 401 although the token is good. */
  | { kind: 'unauthorized' }
  /** 429. */
  | { kind: 'rate_limited'; retryAfter?: number }
  /** Executed twice at the same time; the second answer is given. */
  | { kind: 'duplicate' };

/** One scripted fault: plain JSON, so that it can be sent to `POST /_sim/faults`. */
export interface FaultRule extends RuleTiming {
  call: CallMatch;
  fault: CallFault;
}
