import type { IncomingMessage } from 'node:http';
import { isObject, type Json } from '../../shared/json.js';

/** What a request says, read once: it may be executed later, twice, or without its caller. */
export interface MapleRequest {
  verb: string;
  path: string;
  query: Record<string, string>;
  authorization: string;
  body: string;
}

/** @returns null when it was cut in mid-body. */
export async function readRequest(message: IncomingMessage): Promise<MapleRequest | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  const url = new URL(message.url ?? '/', 'http://maplepress.invalid');
  return {
    verb: message.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    authorization: message.headers.authorization ?? '',
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The body as an object; null when it is none. */
export function jsonBody(request: MapleRequest): Record<string, Json> | null {
  if (request.body === '') return {};
  try {
    const value = JSON.parse(request.body) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
