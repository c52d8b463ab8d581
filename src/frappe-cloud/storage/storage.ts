import { Readable } from 'node:stream';
import { Agent, type Dispatcher, request } from 'undici';
import { classify } from '../classify.js';
import { PressError, PressErrorCode } from '../errors.js';
import { type FileStream, openFile } from '../file-stream.js';
import { idleWatch } from './idle-watch.js';
import { meter } from './meter.js';

/** Bytes for the storage. */
export interface StorageRequest {
  readonly method: 'PUT' | 'POST';
  /** A presigned link: a secret. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Buffer>;
  /** What `body` yields in all: the storage wants to know before the first byte. */
  readonly bytes: number;
  /** Told of every piece that has left. */
  readonly onSent?: (bytes: number) => void;
  /** Longest time in which nothing leaves and nothing comes. Default 120 s. */
  readonly idleMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For errors, such as `storage PUT part 3`. */
  readonly endpoint: string;
}

/**
 * The object storage behind Press. Whom to ask comes with each link, which Press has signed; it
 * gets no credentials of ours and nothing but that, and redirects are not followed.
 */
export interface Storage {
  /**
   * Sends bytes as slowly as they come, and answers the ETag, "" where there is none.
   *
   * @throws PressError; `FORBIDDEN` for a link that has expired (an hour, B 3.1), `UNAVAILABLE`
   * when the storage is in trouble
   * @throws TypeError for a link in clear text while Press itself is reached by TLS
   * @throws RangeError when the body has more or fewer bytes; and whatever the body throws
   */
  send(request: StorageRequest): Promise<string>;
  /** Reads an object, see {@link openFile}. @throws PressError @throws TypeError as `send` */
  open(
    url: string,
    options?: {
      readonly from?: number;
      readonly idleMs?: number;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<FileStream>;
  /** Drops all connections. */
  close(): Promise<void>;
}

const READ_IDLE_MS = 60_000;
/** The last bytes may lie in buffers on the way for long; the storage answers after them. */
const SEND_IDLE_MS = 120_000;
const CONNECT_LIMIT_MS = 10_000;
/** Its answers are some lines of XML. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** @param pressUrl where Press is: only if that is not TLS may the storage be without it */
export function createStorage(pressUrl: string): Storage {
  const agent = new Agent({ connect: { timeout: CONNECT_LIMIT_MS }, keepAliveTimeout: 1_000 });
  const allowed = new URL(pressUrl).protocol === 'http:' ? /^https?:$/ : /^https:$/;
  const checked = (link: string): URL => {
    const url = new URL(link);
    if (!allowed.test(url.protocol)) throw new TypeError('the storage is not reached by TLS');
    return url;
  };
  return {
    async send({ method, url, headers, endpoint, ...rest }) {
      const to = checked(url);
      const watch = idleWatch(rest.idleMs ?? SEND_IDLE_MS, rest.signal);
      const metered = meter(rest.body, rest.bytes, (bytes) => {
        watch.moved();
        rest.onSent?.(bytes);
      });
      try {
        const answer = await request(to, {
          dispatcher: agent,
          method,
          headers: { ...headers, 'content-length': String(rest.bytes) },
          body: Readable.from(metered.pieces, { objectMode: false }),
          signal: watch.signal,
          // The watch sees both directions and a stalled source; these would see only one.
          headersTimeout: 0,
          bodyTimeout: 0,
        });
        return await readSent(answer, endpoint);
      } catch (error) {
        if (error instanceof PressError) throw error;
        if (metered.fault() !== undefined) throw metered.fault();
        throw lost(error, endpoint, { givenUp: rest.signal?.aborted, idle: watch.idle() });
      } finally {
        watch.stop();
      }
    },
    async open(url, { from = 0, idleMs = READ_IDLE_MS, signal } = {}) {
      const { origin, pathname, search } = checked(url);
      return openFile(agent, {
        origin,
        path: pathname + search,
        headers: {},
        from,
        idleMs,
        signal,
        endpoint: 'storage GET',
        who: 'the storage',
      });
    },
    close: () => agent.destroy(),
  };
}

async function readSent(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  endpoint: string,
): Promise<string> {
  const said = await firstBytes(body);
  const { etag } = headers;
  if (statusCode >= 200 && statusCode < 300) return typeof etag === 'string' ? etag : '';
  const [, reason = 'no reason'] = /<Code>(\w+)<\/Code>/.exec(said) ?? [];
  throw new PressError({
    code: codeOf(statusCode, reason),
    message: `the storage: HTTP ${statusCode} (${reason})`,
    endpoint,
    sent: 'yes',
    status: statusCode,
  });
}

function codeOf(status: number, reason: string): PressErrorCode {
  // A connection that stood still too long on the storage's side; the bytes may be sent again.
  if (reason === 'RequestTimeout') return PressErrorCode.TIMEOUT;
  if (status >= 500) return PressErrorCode.UNAVAILABLE;
  if (status === 403) return PressErrorCode.FORBIDDEN;
  if (status === 404) return PressErrorCode.NOT_FOUND;
  if (status === 429) return classify(status, undefined);
  return status >= 400 ? PressErrorCode.REFUSED : PressErrorCode.BAD_ANSWER;
}

async function firstBytes(body: Readable): Promise<string> {
  let text = '';
  for await (const chunk of body as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > MAX_ANSWER_BYTES) break;
  }
  return text;
}

function lost(
  error: unknown,
  endpoint: string,
  { givenUp, idle }: { givenUp: boolean | undefined; idle: boolean },
): PressError {
  const of = (code: PressErrorCode, message: string) =>
    new PressError({ code, message, endpoint, sent: 'maybe' });
  if (givenUp) return of(PressErrorCode.ABORTED, 'the transfer was given up');
  if (idle) return of(PressErrorCode.TIMEOUT, 'the storage: nothing moved for too long');
  const { code } = error as { code?: unknown };
  const why = typeof code === 'string' ? code : 'no code';
  return of(PressErrorCode.CONNECTION_LOST, `the storage: connection lost (${why})`);
}
