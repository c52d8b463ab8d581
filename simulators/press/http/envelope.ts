import type { ServerResponse } from 'node:http';
import type { Json } from '../types.js';
import type { World } from '../world/world.js';
import { MICROS_PER_MS } from '../world/time.js';
import type { PressError } from './errors.js';

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  contentType?: string;
  body: string;
}

const DAY_SECONDS = 86_400;
const COOKIE_SECONDS = 7 * DAY_SECONDS;

/** What every Press answer carries besides its body (observed 4, transport). */
function commonHeaders(now: Date): Record<string, string | string[]> {
  const expires = new Date(now.getTime() + COOKIE_SECONDS * 1000).toUTCString();
  return {
    Server: 'gunicorn',
    Date: now.toUTCString(),
    'Cache-Control': 'no-store,no-cache,must-revalidate,max-age=0',
    'Set-Cookie': [
      `sid=Guest; Expires=${expires}; Max-Age=${COOKIE_SECONDS}; HttpOnly; Path=/; SameSite=Lax`,
      'system_user=no; Path=/; SameSite=Lax',
      'full_name=Guest; Path=/; SameSite=Lax',
      'user_id=Guest; Path=/; SameSite=Lax',
      'user_lang=en; Path=/; SameSite=Lax',
    ],
  };
}

export const jsonAnswer = (status: number, body: Json): Answer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(body),
});

/** The error envelope: `_server_messages` is a string of a list of strings (A 1.6). */
export function errorAnswer(world: World, error: PressError): Answer {
  const { title = 'Message', userMessage = true, plainMessage, source = true } = error.options;
  const entries = [...(error.options.earlier ?? []), error.message].map((message) => {
    const entry: Record<string, Json> = { message, title, indicator: 'red' };
    if (plainMessage !== true) {
      entry.raise_exception = 1;
      entry.__frappe_exc_id = world.hash(56);
    }
    return JSON.stringify(entry);
  });
  const body: Record<string, Json> = {
    exception: error.exception,
    exc_type: error.excType,
    ...(source ? { _exc_source: 'press (app)' } : {}),
    exc: JSON.stringify([`Traceback (most recent call last): ${error.exception}`]),
    ...(userMessage ? { _server_messages: JSON.stringify(entries) } : {}),
  };
  return jsonAnswer(error.status, body);
}

export function htmlAnswer(
  status: number,
  title: string,
  headers?: Record<string, string>,
): Answer {
  return {
    status,
    ...(headers ? { headers } : {}),
    contentType: 'text/html',
    body: `<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`,
  };
}

export function send(world: World, response: ServerResponse, answer: Answer): void {
  writeHead(world, response, answer);
  response.end(answer.body);
}

export function writeHead(world: World, response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, {
    ...commonHeaders(new Date(world.now() / MICROS_PER_MS)),
    ...(answer.contentType === undefined ? {} : { 'Content-Type': answer.contentType }),
    'Content-Length': Buffer.byteLength(answer.body),
    ...answer.headers,
  });
}
