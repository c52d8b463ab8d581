import type { ServerResponse } from 'node:http';
import { MICROS_PER_MS } from '../../shared/time.js';
import type { Answer } from '../http/answer.js';
import { execute } from '../http/execute.js';
import type { MapleRequest } from '../http/request.js';
import { showOwner } from '../plugin/plugin.js';
import type { CallRecord } from '../types.js';
import type { World } from '../world/world.js';

/** One call on its way: what was asked, its line in the log, and whoever waits for the answer. */
export interface Call {
  request: MapleRequest;
  record: CallRecord;
  response: ServerResponse;
}

/** Executes a request and notes in the log whether it changed the world. */
export function commit(world: World, { request, record }: Omit<Call, 'response'>): Answer {
  const { answer, committed } = execute(world, request, record.seq);
  record.committed ||= committed;
  return answer;
}

export function reply(world: World, { record, response }: Call, answer: Answer): void {
  if (response.destroyed || response.writableEnded) return;
  record.status = answer.status;
  record.answered = true;
  response.writeHead(answer.status, {
    Date: new Date(world.now() / MICROS_PER_MS).toUTCString(),
    'Content-Type': answer.contentType,
    'Content-Length': Buffer.byteLength(answer.body),
    ...answer.headers,
  });
  response.end(answer.body);
  showOwner(world, answer);
}
