import { PassThrough, type Readable } from 'node:stream';
import { type Dispatcher, errors, request } from 'undici';
import { classify } from './classify.js';
import { PressError, PressErrorCode } from './errors.js';

/** A file on its way to us. */
export interface FileStream {
  /** Where in the file the first byte is: 0 when the server did not go on where it was asked to. */
  readonly from: number;
  /** Length of the whole file; null when the server does not tell. */
  readonly totalBytes: number | null;
  /** Ends with a PressError when the transfer breaks off; taken as slowly as the reader likes. */
  readonly body: Readable;
}

export interface FileRequest {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** First byte that is wanted. */
  readonly from: number;
  /** Longest time in which no byte comes, ms. There is no limit of the whole. */
  readonly idleMs: number;
  readonly signal?: AbortSignal | undefined;
  /** For errors, such as `site GET /backups`: neither the file's address nor a secret. */
  readonly endpoint: string;
  /** For errors, such as `the site`. */
  readonly who: string;
}

type Headers = Dispatcher.ResponseData['headers'];

/**
 * Begins to read a file: one request, no redirects, nothing held in memory.
 *
 * @throws PressError; `FORBIDDEN` without a valid session or link, `NOT_FOUND`, `UNAVAILABLE`,
 * `BAD_ANSWER` for a redirect, a page, or another range than was asked for
 */
export async function openFile(dispatcher: Dispatcher, wanted: FileRequest): Promise<FileStream> {
  const { origin, path, from, idleMs, signal } = wanted;
  const range = from === 0 ? {} : { range: `bytes=${from}-` };
  // Identity: a length and a range of something compressed on the way would be of no use.
  const headers = { 'accept-encoding': 'identity', ...wanted.headers, ...range };
  const limits = { headersTimeout: idleMs, bodyTimeout: idleMs };
  const answer = await request(new URL(path, origin), {
    dispatcher,
    headers,
    ...limits,
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    throw brokenOff(error, wanted);
  });
  try {
    return readAnswer(answer, wanted);
  } catch (error) {
    answer.body.on('error', () => undefined).destroy();
    throw error;
  }
}

function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData, wanted: FileRequest) {
  const page = /^text\/html\b/i.test(single(headers['content-type']) ?? '');
  if (statusCode === 200 && !page) {
    return { from: 0, totalBytes: lengthIn(headers), body: asFile(body, wanted) };
  }
  if (statusCode === 206 && !page) {
    const { start, total } = rangeIn(headers);
    if (start !== wanted.from) throw failed(wanted, 'BAD_ANSWER', 'another part than asked for');
    return { from: start, totalBytes: total, body: asFile(body, wanted) };
  }
  // Asked to go on at the very end: everything is there already.
  if (statusCode === 416 && wanted.from > 0 && rangeIn(headers).total === wanted.from) {
    body.on('error', () => undefined).destroy();
    return { from: wanted.from, totalBytes: wanted.from, body: new PassThrough().end() };
  }
  throw failed(wanted, codeOf(statusCode), wordsFor(statusCode, headers), statusCode);
}

function codeOf(status: number): PressErrorCode {
  // 402: suspended (D 3). A redirect leads to a login or to another name, where we do not follow.
  if (status === 402) return PressErrorCode.UNAVAILABLE;
  if (status === 401 || status === 403) return PressErrorCode.FORBIDDEN;
  if (status === 404 || status === 410) return PressErrorCode.NOT_FOUND;
  return status < 400 ? PressErrorCode.BAD_ANSWER : classify(status, undefined);
}

function wordsFor(status: number, headers: Headers): string {
  if (status === 200 || status === 206) return 'a page instead of a file';
  const location = single(headers.location);
  if (status >= 400 || location === undefined) return `HTTP ${status} instead of a file`;
  // Of the target only the host: the rest may carry a session.
  const host = URL.canParse(location) ? new URL(location).host : 'another page';
  return `a redirect to ${host} instead of a file`;
}

/** The body as a stream that fails with errors of ours. */
function asFile(body: Readable, wanted: FileRequest): Readable {
  const file = new PassThrough();
  // Whoever asked may not listen yet; the error stays with the stream and meets the first reader.
  file.on('error', () => undefined);
  body.on('error', (error) => file.destroy(brokenOff(error, wanted)));
  file.once('close', () => body.destroy());
  return body.pipe(file);
}

const NEVER_REACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

function brokenOff(error: unknown, wanted: FileRequest): PressError {
  if (wanted.signal?.aborted) return failed(wanted, 'ABORTED', 'the download was given up');
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) {
    return failed(wanted, 'TIMEOUT', `nothing came for ${Math.ceil(wanted.idleMs / 1000)} s`);
  }
  const { code } = error as { code?: unknown };
  const why = typeof code === 'string' ? code : 'no code';
  if (NEVER_REACHED.test(why)) return failed(wanted, 'UNREACHABLE', `cannot be reached (${why})`);
  return failed(wanted, 'CONNECTION_LOST', `connection lost (${why})`);
}

function failed(
  { endpoint, who }: FileRequest,
  code: PressErrorCode,
  said: string,
  status: number | null = null,
): PressError {
  const sent = status === null ? 'maybe' : 'yes';
  return new PressError({ code, message: `${who}: ${said}`, endpoint, sent, status });
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function lengthIn(headers: Headers): number | null {
  const length = single(headers['content-length']);
  return length === undefined ? null : Number(length);
}

const CONTENT_RANGE = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/;

function rangeIn(headers: Headers): { start: number | null; total: number | null } {
  const [, start, total] = CONTENT_RANGE.exec(single(headers['content-range']) ?? '') ?? [];
  return {
    start: start === undefined ? null : Number(start),
    total: total === undefined || total === '*' ? null : Number(total),
  };
}
