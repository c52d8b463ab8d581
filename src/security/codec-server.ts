import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { PayloadCodec } from './codec.js';
import type { Payload } from './payload.js';

/** How the codec endpoint is served. */
export interface CodecServerOptions {
  codec: PayloadCodec;
  /**
   * The origins whose pages may use it: those of the Temporal UI. A function, because the UI's port
   * is known only after the server that is given this endpoint has started.
   */
  allowedOrigins: () => readonly string[];
  /** Default: a free port. */
  port?: number;
  /** Bytes; default 4 MB, what one page of a workflow's history takes at most. */
  maxBody?: number;
}

/** A running codec endpoint, on the loopback interface only. */
export interface CodecServer {
  /** What the Temporal UI is given as its codec endpoint; it posts to `<url>/decode`. */
  url: string;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
const defaultMaxBody = 4 * 1024 * 1024;

/** Protobuf's JSON form of payloads: bytes as base64. */
const BodySchema = z.object({
  payloads: z.array(
    z.object({
      metadata: z.record(z.string(), z.string()).optional(),
      data: z.string().optional(),
    }),
  ),
});

/**
 * Serves the payload codec to the Temporal UI and CLI as a "remote codec": `POST /decode` and
 * `POST /encode`. It shows clear text to whoever may call it, hence loopback and named origins.
 */
export async function startCodecServer(options: CodecServerOptions): Promise<CodecServer> {
  const server = createServer((request, response) => {
    void answer(options, request)
      .catch((error: unknown) => (error instanceof Refused ? error.status : 500))
      .then((reply) => send(response, reply, corsHeaders(options, request)));
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, loopback, listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** The status of a request that is answered with nothing else, or the payloads it asked for. */
type Reply = number | { payloads: Payload[] };

async function answer(options: CodecServerOptions, request: IncomingMessage): Promise<Reply> {
  const { codec, maxBody = defaultMaxBody } = options;
  // The UI and the CLI send an Origin or none; a page from elsewhere always sends its own.
  const { origin } = request.headers;
  if (origin !== undefined && !isAllowed(origin, options)) return 403;
  if (request.method === 'OPTIONS') return 204;

  const { pathname } = new URL(request.url ?? '/', 'http://codec');
  if (pathname !== '/decode' && pathname !== '/encode') return 404;
  if (request.method !== 'POST') return 405;
  const payloads = readPayloads(await readBody(request, maxBody));
  const done = pathname === '/decode' ? codec.decode(payloads) : codec.encode(payloads);
  return { payloads: await done };
}

/** `localhost` and 127.0.0.1 show the same UI, and people use either. */
function isAllowed(origin: string, { allowedOrigins }: CodecServerOptions): boolean {
  const numeric = origin.replace(/^http:\/\/localhost(?=:|$)/, `http://${loopback}`);
  return allowedOrigins().some((allowed) => allowed === origin || allowed === numeric);
}

function corsHeaders(
  options: CodecServerOptions,
  request: IncomingMessage,
): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined || !isAllowed(origin, options)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'content-type, x-namespace, authorization',
    'access-control-max-age': '600',
    vary: 'origin',
  };
}

function send(response: ServerResponse, reply: Reply, headers: Record<string, string>): void {
  if (typeof reply === 'number') {
    // What is left of a refused body is not worth reading.
    response.writeHead(reply, { ...headers, connection: 'close' }).end();
    return;
  }
  const payloads = reply.payloads.map(({ metadata, data }) => ({
    metadata: Object.fromEntries(
      Object.entries(metadata ?? {}).map(([name, bytes]) => [name, toBase64(bytes)]),
    ),
    data: toBase64(data ?? new Uint8Array()),
  }));
  response
    .writeHead(200, { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify({ payloads }));
}

async function readBody(request: IncomingMessage, maxBody: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) throw new Refused(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readPayloads(body: string): Payload[] {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    throw new Refused(400);
  }
  const parsed = BodySchema.safeParse(content);
  if (!parsed.success) throw new Refused(400);
  return parsed.data.payloads.map(({ metadata = {}, data = '' }) => ({
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name, fromBase64(value)]),
    ),
    data: fromBase64(data),
  }));
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value, 'base64'));
}

class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}
