import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  createTransport,
  type Transport,
  type TransportConfig,
} from '../../../../src/frappe-cloud/transport.js';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

export type Script = (response: ServerResponse, request: SeenRequest) => void;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** A server on a free port that answers every request by the script; gone when the test ends. */
export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      const record = { method, path, headers, body };
      seen.push(record);
      script(response, record);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen };
}

/** Answers every request with this status and body. */
export function always(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Script {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = typeof body === 'string' ? 'text/html' : 'application/json';
  return (response) => {
    response.writeHead(status, { 'content-type': contentType, ...headers }).end(text);
  };
}

export const CREDENTIALS = { apiKey: 'key-0a1b2c3d', apiSecret: 'secret-9z8y7x6w' };

/** A transport for one test; closed when it ends. */
export function transportTo(url: string, config: Partial<TransportConfig> = {}): Transport {
  const transport = createTransport({
    url,
    team: 'team-one',
    ...CREDENTIALS,
    requestsPerSecond: 1000,
    ...config,
  });
  onTestFinished(() => transport.close());
  return transport;
}
