import type { IncomingMessage } from 'node:http';
import type { Json } from '../types.js';
import { crash, PressError } from './errors.js';

/** What a request says, read once: it may be executed later, twice, or without its caller. */
export interface PressRequest {
  verb: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
  address: string;
  /** Scheme and host the caller used. */
  origin: string;
}

export async function readRequest(message: IncomingMessage): Promise<PressRequest | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    // Cut in mid-body: such a request does nothing (observed-2 1.5).
    return null;
  }
  const url = new URL(message.url ?? '/', 'http://press.invalid');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const forwarded = headers['x-forwarded-for']?.split(',')[0]?.trim();
  return {
    verb: message.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    address: forwarded ?? message.socket.remoteAddress ?? '',
    origin: `http://${message.headers.host ?? 'localhost'}`,
  };
}

/**
 * The parameters of a call. A JSON array counts as none; a GET with a JSON body loses its query
 * string (observed-2 6.7).
 */
export function readParams(request: PressRequest): Record<string, Json> {
  const type = request.headers['content-type'] ?? '';
  if (type.includes('application/json') && request.body !== '') {
    const parsed = parseJson(request.body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : {};
  }
  if (type.includes('application/x-www-form-urlencoded')) {
    return { ...request.query, ...Object.fromEntries(new URLSearchParams(request.body)) };
  }
  return request.query;
}

function parseJson(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    const { excType, message } = crash(
      'JSONDecodeError',
      'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
    );
    throw new PressError(excType, message, { userMessage: false, source: false });
  }
}

/** The dotted method of `/api/method/<dotted>`, or null. */
export function dottedMethod(path: string): string | null {
  return /^\/api\/method\/([^/]+)$/.exec(path)?.[1] ?? null;
}
