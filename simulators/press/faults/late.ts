import type { CallFault } from '../fault-types.js';
import type { Answer } from '../http/envelope.js';
import type { PressRequest } from '../http/request.js';
import { milliseconds } from '../jobs/agent.js';
import type { Micros } from '../world/model.js';
import type { World } from '../world/world.js';
import { answer, type Call, commit, waitingCalls } from './call.js';

type LateFault = Extract<CallFault, { kind: 'late' }>;

/** The request waits as data, so that it is executed even after a restart of the simulator. */
export function startLate(world: World, call: Call, fault: LateFault): void {
  const checkedAt = fault.checked === 'receipt' ? world.state.lastStamp : null;
  const schedule = (): void => {
    const due = world.now() + milliseconds(fault.seconds * 1000);
    const request = { ...call.request };
    world.schedule(due, 'call.start', { seq: call.record.seq, request, checkedAt });
    waitingCalls(world).set(call.record.seq, call);
    world.clock.catchUp();
  };
  const mustWait = fault.after === 'disconnect' && !call.response.closed;
  if (mustWait) call.response.once('close', schedule);
  else schedule();
}

/** Executed already; only the answer waits. */
export function answerLater(world: World, call: Call, reply: Answer, seconds: number): void {
  const due = world.now() + milliseconds(seconds * 1000);
  world.schedule(due, 'call.answer', { seq: call.record.seq, reply: { ...reply } });
  waitingCalls(world).set(call.record.seq, call);
}

interface LateRef {
  seq: number;
  request: PressRequest;
  /** Null: it sees everything that is there when it starts. */
  checkedAt: Micros | null;
}

interface AnswerRef {
  seq: number;
  reply: Answer;
}

/** Registers what the clock does with calls that wait. */
export function installLateCalls(world: World): void {
  const take = (seq: number): Call | undefined => {
    const call = waitingCalls(world).get(seq);
    waitingCalls(world).delete(seq);
    return call;
  };
  world.onTask('call.start', (ref) => {
    const { seq, request, checkedAt } = ref as unknown as LateRef;
    const record = world.state.calls.find((entry) => entry.seq === seq);
    if (record === undefined) return;
    const { answer: reply } = commit(world, { request, record }, checkedAt ?? undefined);
    const call = take(seq);
    if (call !== undefined) answer(world, call, reply);
  });
  world.onTask('call.answer', (ref) => {
    const { seq, reply } = ref as unknown as AnswerRef;
    const call = take(seq);
    if (call !== undefined) answer(world, call, reply);
  });
}
