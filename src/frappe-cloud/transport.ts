import { Agent } from 'undici';
import { serverTimeOf } from '../http/headers.js';
import { BucketTimeout, createBucket, type Priority } from '../http/bucket.js';
import { exchange, HttpFault } from '../http/exchange.js';
import { withinTime } from '../http/time-limit.js';
import { faultToError, type PressAnswer, readAnswer } from './answer.js';
import { PressError, PressErrorCode } from './errors.js';
import { createRedact, secretsIn } from './redact.js';

/** What every endpoint function accepts. */
export interface CallOptions {
  /** Limit of the exchange in ms; waiting for the request bucket comes on top. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly priority?: Priority;
}

export interface TransportCallOptions extends CallOptions {
  /** Picks the default time limit; nothing else depends on it. */
  readonly effect?: 'read' | 'command';
}

export interface TransportConfig {
  /** Origin of Press, such as `https://frappecloud.com`; a path or query is refused. */
  readonly url: string;
  readonly team: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Default 5: Press itself looks at its jobs every 5 s, more is useless (A 4.3). */
  readonly requestsPerSecond?: number;
  /** Default: twice the rate, at least 1. */
  readonly requestBurst?: number;
  readonly timeouts?: Timeouts;
  /** Default 16 MB: the largest known answers are job outputs. */
  readonly maxAnswerBytes?: number;
  /** Told the server's time of every answer, in epoch ms. */
  readonly onServerTime?: (serverTime: number) => void;
}

export interface Timeouts {
  /** Default 30 s (A 1.8). */
  readonly readMs?: number;
  /** Default 120 s: private-bench creation and DNS checks work synchronously (A 1.8). */
  readonly commandMs?: number;
  /** Longest wait for a request token. Default 15 s. */
  readonly bucketMs?: number;
}

/** One account's way to Press. Never retries: that is Temporal's work (style 3.0, 8). */
export interface Transport {
  /**
   * @param method dotted method name, such as `press.api.site.new`
   * @throws PressError
   */
  call(method: string, params: object, options?: TransportCallOptions): Promise<PressAnswer>;
  close(): Promise<void>;
}

const METHOD_NAME = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)+$/i;
const DEFAULT_RATE = 5;

function originOf(url: string): string {
  const { protocol, origin, pathname, search, hash, username } = new URL(url);
  const bare = pathname === '/' && search === '' && hash === '' && username === '';
  if (!/^https?:$/.test(protocol) || !bare) {
    throw new TypeError('the Press url must be a bare http(s) origin');
  }
  return origin;
}

/** @throws TypeError when `url` is not a bare origin */
export function createTransport(config: TransportConfig): Transport {
  const origin = originOf(config.url);
  const rate = config.requestsPerSecond ?? DEFAULT_RATE;
  const bucket = createBucket({
    requestsPerSecond: rate,
    burst: config.requestBurst ?? Math.max(1, 2 * rate),
    maxWaitMs: config.timeouts?.bucketMs ?? 15_000,
  });
  // Idle sockets live 1 s: a request written to one that the server is just closing would have an
  // unknown outcome, and proving it takes minutes.
  const agent = new Agent({
    connections: 8,
    keepAliveTimeout: 1_000,
    connect: { timeout: 10_000 },
  });
  const redact = createRedact([config.apiKey, config.apiSecret]);
  const limits = {
    read: config.timeouts?.readMs ?? 30_000,
    command: config.timeouts?.commandMs ?? 120_000,
  };
  const headers = {
    authorization: `token ${config.apiKey}:${config.apiSecret}`,
    'x-press-team': config.team,
    accept: 'application/json',
    'content-type': 'application/json',
  };

  async function waitForTurn(endpoint: string, priority: Priority, signal: AbortSignal) {
    try {
      await bucket.take(priority, signal);
    } catch (error) {
      const waited = error instanceof BucketTimeout;
      throw new PressError({
        code: waited ? PressErrorCode.RATE_LIMITED : PressErrorCode.ABORTED,
        message: waited ? `not sent: ${error.message}` : 'not sent: the call was given up',
        endpoint,
        sent: 'no',
        retryAfterMs: waited ? Math.ceil(1000 / rate) : null,
      });
    }
  }

  return {
    async call(method, params, options = {}) {
      if (!METHOD_NAME.test(method)) throw new TypeError('not a dotted Press method name');
      const givenUp = options.signal ?? new AbortController().signal;
      await waitForTurn(method, options.priority ?? 'normal', givenUp);
      const limitMs = options.timeoutMs ?? limits[options.effect ?? 'read'];
      try {
        const answer = await withinTime(limitMs, givenUp, (signal) =>
          exchange(agent, {
            origin,
            path: `/api/method/${method}`,
            method: 'POST',
            headers,
            body: JSON.stringify(params),
            maxBytes: config.maxAnswerBytes ?? 16 * 1024 * 1024,
            signal,
          }),
        );
        const serverTime = serverTimeOf(answer);
        if (serverTime !== null) config.onServerTime?.(serverTime);
        const secrets = secretsIn(params);
        return readAnswer(method, answer, (text) => redact(text, secrets));
      } catch (error) {
        if (error instanceof HttpFault) throw faultToError(error, method, givenUp.aborted);
        throw error;
      }
    },
    close: () => agent.destroy(),
  };
}
