import { Agent } from 'undici';
import { BucketTimeout, createBucket, type Priority } from '../http/bucket.js';
import { exchange, type HttpAnswer, HttpFault, type HttpRequest } from '../http/exchange.js';
import { serverTimeOf } from '../http/headers.js';
import type { JsonObject } from '../http/json.js';
import { withinTime } from '../http/time-limit.js';
import { type AccessToken } from './access-token.js';
import { faultToError, type Meanings, readAnswer } from './answer.js';
import { MaplePressError } from './errors.js';
import { LOGIN, readLogin } from './login.js';
import { originOf } from './origin.js';
import { createRedact } from './redact.js';
import { createTokens } from './tokens.js';
import { whileWanted } from './while-wanted.js';

/** What every endpoint function accepts. */
export interface CallOptions {
  /** Limit of the exchange in ms; waiting for the request bucket and for a token comes on top. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly priority?: Priority;
}

export interface TransportConfig {
  /** Origin of MaplePress; plain http only to this machine or to a bare host name. */
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Default 5. */
  readonly requestsPerSecond?: number;
  readonly timeouts?: Timeouts;
  /** Default 4 MB: a page of 100 sites has some 30 kB. */
  readonly maxAnswerBytes?: number;
}

export interface Timeouts {
  /** Default 30 s. */
  readonly readMs?: number;
  /** Default 60 s: a registration makes a search index. */
  readonly commandMs?: number;
  /** Default 15 s. */
  readonly loginMs?: number;
  /** Longest wait for a request token. Default 15 s. */
  readonly bucketMs?: number;
}

/** One request of one endpoint. */
export interface MaplePressRequest {
  /** Method and path without ids: for people, logs and errors. */
  readonly endpoint: string;
  readonly method: HttpRequest['method'];
  readonly path: string;
  readonly body?: object;
  readonly effect: 'read' | 'command';
  readonly meanings?: Meanings;
}

/**
 * One tenant's way to MaplePress. Never retries, but for one 401: that is Temporal's work. The
 * token it logs in for is its own affair and cannot be read.
 */
export interface Transport {
  /** @throws MaplePressError */
  call(request: MaplePressRequest, options?: CallOptions): Promise<JsonObject>;
  close(): Promise<void>;
}

const DEFAULT_RATE = 5;

/** @throws TypeError when `url` is not a bare origin that secrets may be sent to */
export function createTransport(config: TransportConfig): Transport {
  const origin = originOf(config.url);
  const rate = config.requestsPerSecond ?? DEFAULT_RATE;
  const bucket = createBucket({
    requestsPerSecond: rate,
    burst: Math.max(1, 2 * rate),
    maxWaitMs: config.timeouts?.bucketMs ?? 15_000,
  });
  // Idle sockets live 1 s: a request written to one that the server is just closing would have an
  // unknown outcome.
  const agent = new Agent({
    connections: 8,
    keepAliveTimeout: 1_000,
    connect: { timeout: 10_000 },
  });
  const limits = {
    read: config.timeouts?.readMs ?? 30_000,
    command: config.timeouts?.commandMs ?? 60_000,
  };
  const redactFor = (token: string) => createRedact([config.password, token]);
  /** A new one each time: listeners of many calls must not pile up on it. */
  const never = () => new AbortController().signal;

  async function waitForTurn(endpoint: string, priority: Priority, signal: AbortSignal) {
    try {
      await bucket.take(priority, signal);
    } catch (error) {
      const waited = error instanceof BucketTimeout;
      throw new MaplePressError({
        code: waited ? 'RATE_LIMITED' : 'ABORTED',
        message: waited ? `not sent: ${error.message}` : 'not sent: the call was given up',
        endpoint,
        sent: 'no',
        retryAfterMs: waited ? Math.ceil(1000 / rate) : null,
      });
    }
  }

  async function send(
    request: MaplePressRequest,
    limitMs: number,
    givenUp: AbortSignal,
    authorization?: string,
  ): Promise<HttpAnswer> {
    const { endpoint, method, path, body } = request;
    try {
      return await withinTime(limitMs, givenUp, (signal) =>
        exchange(agent, {
          origin,
          path,
          method,
          headers: {
            accept: 'application/json',
            ...(authorization !== undefined && { authorization }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          maxBytes: config.maxAnswerBytes ?? 4 * 1024 * 1024,
          signal,
        }),
      );
    } catch (error) {
      if (error instanceof HttpFault) throw faultToError(error, endpoint, givenUp.aborted);
      throw error;
    }
  }

  async function logIn(): Promise<AccessToken> {
    await waitForTurn(LOGIN.endpoint, 'high', never());
    const { email, password } = config;
    const request = { ...LOGIN, body: { email, password } };
    const answer = await send(request, config.timeouts?.loginMs ?? 15_000, never());
    const body = readAnswer(LOGIN.endpoint, answer, LOGIN.meanings, redactFor(''));
    return readLogin(body, serverTimeOf(answer));
  }

  const tokens = createTokens(logIn);

  return {
    async call(request, options = {}) {
      const { endpoint } = request;
      const givenUp = options.signal ?? never();
      const attempt = async (token: string) => {
        await waitForTurn(endpoint, options.priority ?? 'normal', givenUp);
        const limitMs = options.timeoutMs ?? limits[request.effect];
        return send(request, limitMs, givenUp, `JWT ${token}`);
      };
      let token = await whileWanted(() => tokens.current(), endpoint, givenUp);
      let answer = await attempt(token);
      // Refused at the door: nothing was done, so that also a command may be sent again.
      if (answer.status === 401) {
        const refused = token;
        token = await whileWanted(() => tokens.renewed(refused), endpoint, givenUp);
        answer = await attempt(token);
      }
      return readAnswer(endpoint, answer, request.meanings ?? {}, redactFor(token));
    },
    close: () => agent.destroy(),
  };
}
