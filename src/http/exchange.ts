import type { Dispatcher } from 'undici';

export interface HttpRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** Largest answer in bytes; a larger one ends the exchange. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Why there is no answer, and whether a byte of the request can have left. */
export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  readonly kind: 'aborted' | 'too_large' | 'network';
  /** False: no socket was ever handed the request, and none will be. */
  readonly started: boolean;
  /** Node's or undici's code, such as `ECONNREFUSED`. */
  readonly networkCode: string;

  constructor(kind: HttpFault['kind'], started: boolean, networkCode = '') {
    super(networkCode === '' ? kind : `${kind} (${networkCode})`);
    this.kind = kind;
    this.started = started;
    this.networkCode = networkCode;
  }
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

/**
 * One request, one answer; no retries, no redirects, bounded body. Speaks undici's handler
 * interface instead of `request()`, because only that one tells when a socket takes the request:
 * the difference between "certainly not sent" and "outcome unknown".
 *
 * @throws HttpFault
 */
export function exchange(dispatcher: Dispatcher, request: HttpRequest): Promise<HttpAnswer> {
  const { signal, maxBytes, ...options } = request;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let answer = { status: 0, headers: {} as HttpAnswer['headers'] };
    const chunks: Buffer[] = [];
    let bytes = 0;
    let fault: HttpFault | undefined;

    const fail = (kind: HttpFault['kind'], networkCode?: string): void => {
      fault ??= new HttpFault(kind, controller !== undefined, networkCode);
      signal.removeEventListener('abort', onAbort);
      controller?.abort(fault);
      reject(fault);
    };
    const onAbort = (): void => fail('aborted');
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });

    dispatcher.dispatch(
      { ...options, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          // Given up while it waited for a connection: it must not leave any more.
          if (fault) started.abort(fault);
          else controller = started;
        },
        onResponseStart(_controller, status, headers) {
          answer = { status, headers };
        },
        onResponseData(_controller, chunk) {
          bytes += chunk.length;
          if (bytes > maxBytes) fail('too_large');
          else chunks.push(chunk);
        },
        onResponseEnd() {
          signal.removeEventListener('abort', onAbort);
          resolve({ ...answer, body: Buffer.concat(chunks).toString('utf8') });
        },
        onResponseError(_controller, error) {
          fail('network', codeOf(error));
        },
      },
    );
  });
}
