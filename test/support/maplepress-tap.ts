import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What becomes of one call, once. */
export type Mishap =
  /** Executed, and its answer cut off. */
  | 'lost'
  /** Not executed: refused with everything that was sent in the words of the error. */
  | 'echoed';

/** Stands before a MaplePress server, and hears every secret that passes. */
export interface MaplePressTap {
  readonly url: string;
  /** What was handed out so far, lost answers included, e.g. `new_api_key 2`. */
  secrets(): Readonly<Record<string, string>>;
  /** Lets the next call go wrong whose method and path begin so, e.g. `POST /api/v1/sites`. */
  spoil(call: string, mishap: Mishap): void;
  /** What was meant to go wrong, and did not. */
  unspoiled(): readonly string[];
  close(): Promise<void>;
}

const SECRET_FIELDS = ['access_token', 'api_key', 'verification_token', 'new_api_key'];

export async function startMaplePressTap(upstream: string): Promise<MaplePressTap> {
  const heard: Record<string, string> = {};
  const mishaps: { readonly call: string; readonly mishap: Mishap }[] = [];

  function listen(answer: string): void {
    const fields = JSON.parse(answer) as Record<string, unknown>;
    for (const name of SECRET_FIELDS) {
      const value = fields[name];
      if (typeof value === 'string') heard[`${name} ${Object.keys(heard).length + 1}`] = value;
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    const at = mishaps.findIndex(({ call }) => `${method} ${url}`.startsWith(call));
    const [due] = at < 0 ? [] : mishaps.splice(at, 1);
    const authorization = headers.authorization ?? '';
    if (due?.mishap === 'echoed') {
      const error = `not for ${authorization}: ${body}`;
      // A login is refused for good, anything else for the moment.
      response.writeHead(url.endsWith('/login') ? 401 : 503, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify({ error, message: error }));
      return;
    }
    const answered = await fetch(`${upstream}${url}`, {
      method,
      headers: { authorization, 'content-type': headers['content-type'] ?? '' },
      ...(body !== '' && { body }),
    });
    const said = await answered.text();
    listen(said);
    if (due?.mishap === 'lost') {
      response.destroy();
      return;
    }
    const type = answered.headers.get('content-type') ?? '';
    response.writeHead(answered.status, { 'content-type': type });
    response.end(said);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    secrets: () => ({ ...heard }),
    spoil: (call, mishap) => void mishaps.push({ call, mishap }),
    unspoiled: () => mishaps.map(({ call, mishap }) => `${call}: ${mishap}`),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
