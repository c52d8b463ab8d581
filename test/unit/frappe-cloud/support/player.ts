import type { Transport } from '../../../../src/frappe-cloud/transport.js';
import { completed, type Recorded } from './recordings.js';
import { scriptedServer, transportTo } from './scripted-server.js';

/** Plays one recorded answer after the other to the real transport. */
export async function player(): Promise<{ press: Transport; play: (recorded: Recorded) => void }> {
  let current: Recorded | undefined;
  const server = await scriptedServer((response) => {
    const { status = 0, body } = current ?? {};
    const isJson = typeof body === 'object';
    response.writeHead(status, { 'content-type': isJson ? 'application/json' : 'text/html' });
    response.end(isJson ? JSON.stringify(body) : body);
  });
  return {
    press: transportTo(server.url),
    play(recorded) {
      const message = completed(recorded);
      const whole = recorded.status === 200 && message !== undefined;
      const body = whole ? { ...(recorded.body as object), message } : recorded.body;
      current = { ...recorded, body };
    },
  };
}
