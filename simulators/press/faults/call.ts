import type { ServerResponse } from 'node:http';
import type { CallRecord } from '../types.js';
import { type Answer, send } from '../http/envelope.js';
import { execute, type Execution } from '../http/execute.js';
import type { PressRequest } from '../http/request.js';
import type { Micros } from '../world/model.js';
import type { World } from '../world/world.js';

/** One call on its way: what was asked, its line in the log, and whoever waits for the answer. */
export interface Call {
  request: PressRequest;
  record: CallRecord;
  response: ServerResponse;
}

/**
 * Executes a request and notes in the log whether it changed the world.
 *
 * @param checkedAt the stamp up to which its lock-free checks see rows; default all.
 */
export function commit(
  world: World,
  call: Pick<Call, 'request' | 'record'>,
  checkedAt?: Micros,
): Execution {
  const execution = execute(world, call.request, call.record.seq, checkedAt);
  call.record.committed ||= execution.committed;
  return execution;
}

export function answer(world: World, { record, response }: Call, reply: Answer): void {
  if (response.destroyed || response.writableEnded) return;
  record.status = reply.status;
  record.answered = true;
  send(world, response, reply);
}

const waitingByWorld = new WeakMap<World, Map<number, Call>>();

/** Calls whose caller may still be on the line, by their number in the log. */
export function waitingCalls(world: World): Map<number, Call> {
  const known = waitingByWorld.get(world) ?? new Map<number, Call>();
  waitingByWorld.set(world, known);
  return known;
}
