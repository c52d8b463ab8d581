import type { ServerResponse } from 'node:http';
import type { CallFault, CallRecord } from '../types.js';
import { type Answer, errorAnswer, htmlAnswer, jsonAnswer, send } from '../http/envelope.js';
import { PressError } from '../http/errors.js';
import { execute, type Execution } from '../http/execute.js';
import type { PressRequest } from '../http/request.js';
import { milliseconds } from '../jobs/agent.js';
import type { World } from '../world/world.js';
import { drip } from './drip.js';

/** One call on its way: what was asked, its line in the log, and whoever waits for the answer. */
export interface Call {
  request: PressRequest;
  record: CallRecord;
  response: ServerResponse;
}

const GATEWAY_TITLES = {
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
} as const;

/** Executes a request and notes in the log whether it changed the world. */
export function commit(world: World, call: Pick<Call, 'request' | 'record'>): Execution {
  const execution = execute(world, call.request, call.record.seq);
  call.record.committed ||= execution.committed;
  return execution;
}

export function answer(world: World, { record, response }: Call, reply: Answer): void {
  if (response.destroyed || response.writableEnded) return;
  record.status = reply.status;
  record.answered = true;
  send(world, response, reply);
}

/** Lets a call go wrong as scripted. */
export function applyFault(world: World, call: Call, fault: CallFault): void {
  call.record.fault = fault.kind;
  const reply = (made: Answer): void => {
    answer(world, call, made);
  };
  switch (fault.kind) {
    case 'lose_request':
      call.response.destroy();
      return;
    case 'lose_answer':
      commit(world, call);
      call.response.destroy();
      return;
    case 'hang':
      if (fault.effect !== false) commit(world, call);
      return;
    case 'late':
      startLate(world, call, fault);
      return;
    case 'delay':
      answerLater(world, call, commit(world, call).answer, fault.seconds);
      return;
    case 'gateway_error':
      if (fault.effect !== 'none') commit(world, call);
      reply(htmlAnswer(fault.status, GATEWAY_TITLES[fault.status]));
      return;
    case 'exception':
      reply(errorAnswer(world, scriptedError(fault)));
      return;
    case 'rate_limited':
      reply(rateLimited(world, fault.retryAfter));
      return;
    case 'html_page':
      if (fault.effect === true) commit(world, call);
      reply(htmlAnswer(200, 'Login'));
      return;
    case 'slow_body':
      call.record.answered = true;
      drip(world, call, commit(world, call).answer, fault.seconds);
      return;
    case 'wrong_shape':
      commit(world, call);
      reply(jsonAnswer(200, fault.body ?? ['not', 'what', 'was', 'due']));
      return;
    case 'duplicate':
      commit(world, call);
      reply(commit(world, call).answer);
      return;
  }
}

type LateFault = Extract<CallFault, { kind: 'late' }>;

/** The request waits as data, so that it is executed even after a restart of the simulator. */
function startLate(world: World, call: Call, fault: LateFault): void {
  const schedule = (): void => {
    const due = world.now() + milliseconds(fault.seconds * 1000);
    const request = { ...call.request };
    world.schedule(due, 'call.start', { seq: call.record.seq, request });
    waiting(world).set(call.record.seq, call);
    world.clock.catchUp();
  };
  if (fault.after === 'disconnect') call.response.once('close', schedule);
  else schedule();
}

function answerLater(world: World, call: Call, reply: Answer, seconds: number): void {
  const due = world.now() + milliseconds(seconds * 1000);
  world.schedule(due, 'call.answer', { seq: call.record.seq, reply: { ...reply } });
  waiting(world).set(call.record.seq, call);
}

const waitingCalls = new WeakMap<World, Map<number, Call>>();

/** Calls whose caller may still be on the line. */
function waiting(world: World): Map<number, Call> {
  const known = waitingCalls.get(world) ?? new Map<number, Call>();
  waitingCalls.set(world, known);
  return known;
}

interface LateRef {
  seq: number;
  request: PressRequest;
}

interface AnswerRef {
  seq: number;
  reply: Answer;
}

/** Registers what the clock does with calls that wait. */
export function installLateCalls(world: World): void {
  const take = (seq: number): Call | undefined => {
    const call = waiting(world).get(seq);
    waiting(world).delete(seq);
    return call;
  };
  world.onTask('call.start', (ref) => {
    const { seq, request } = ref as unknown as LateRef;
    const record = world.state.calls.find((entry) => entry.seq === seq);
    if (record === undefined) return;
    const { answer: reply } = commit(world, { request, record });
    const call = take(seq);
    if (call !== undefined) answer(world, call, reply);
  });
  world.onTask('call.answer', (ref) => {
    const { seq, reply } = ref as unknown as AnswerRef;
    const call = take(seq);
    if (call !== undefined) answer(world, call, reply);
  });
}

type ExceptionFault = Extract<CallFault, { kind: 'exception' }>;

function scriptedError({ excType, message, status }: ExceptionFault): PressError {
  return new PressError(excType, message ?? '', {
    ...(status === undefined ? {} : { status }),
    userMessage: message !== undefined,
  });
}

/** Per-endpoint limits have no Retry-After, the site-wide one has (A 6). */
export function rateLimited(world: World, retryAfter?: number): Answer {
  const excType = retryAfter === undefined ? 'RateLimitExceededError' : 'TooManyRequestsError';
  const message = 'You hit the rate limit because of too many requests. Please try after sometime.';
  const made = errorAnswer(world, new PressError(excType, message, { source: false }));
  if (retryAfter === undefined) return made;
  return { ...made, headers: { 'Retry-After': String(retryAfter), 'X-RateLimit-Remaining': '0' } };
}
