import { RECORDED } from './recordings.js';
import { scriptedServer, transportTo } from './scripted-server.js';

type Params = Record<string, unknown>;
interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

/** Press as a function of method and parameters, and the parameters it was called with. */
export async function pressThat(answer: (method: string, params: Params) => Answer) {
  const sent: Params[] = [];
  const server = await scriptedServer((response, { path, body }) => {
    const params = JSON.parse(body) as Params;
    sent.push(params);
    const { status = 200, body: answered } = answer(path.replace('/api/method/', ''), params);
    response.writeHead(status).end(JSON.stringify(answered));
  });
  return { press: transportTo(server.url), sent };
}

/** The body of a recorded answer. */
export function recordedBody(file: string): unknown {
  return RECORDED.find((recorded) => recorded.file === file)?.body;
}

/** A refusal in Press's envelope. */
export const says = (excType: string, message: string) => ({
  exc_type: excType,
  _server_messages: JSON.stringify([JSON.stringify({ message })]),
});
