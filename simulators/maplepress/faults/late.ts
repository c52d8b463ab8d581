import { MICROS_PER_MS } from '../../shared/time.js';
import type { Answer } from '../http/answer.js';
import type { MapleRequest } from '../http/request.js';
import type { World } from '../world/world.js';
import { type Call, commit, reply } from './call.js';

const waitingByWorld = new WeakMap<World, Map<number, Call>>();

/** Calls whose caller may still be on the line, by their number in the log. */
function waitingCalls(world: World): Map<number, Call> {
  const known = waitingByWorld.get(world) ?? new Map<number, Call>();
  waitingByWorld.set(world, known);
  return known;
}

const after = (world: World, seconds: number): number =>
  world.now() + seconds * 1000 * MICROS_PER_MS;

/** The request waits as data, so that it is executed even after a restart of the simulator. */
export function startLate(world: World, call: Call, seconds: number): void {
  waitingCalls(world).set(call.record.seq, call);
  const ref = { seq: call.record.seq, request: { ...call.request } };
  world.agenda.schedule(after(world, seconds), 'call.start', ref);
}

/** Executed already; only the answer waits. */
export function answerLater(world: World, call: Call, answer: Answer, seconds: number): void {
  waitingCalls(world).set(call.record.seq, call);
  const ref = { seq: call.record.seq, answer: { ...answer } };
  world.agenda.schedule(after(world, seconds), 'call.answer', ref);
}

/** Registers what the clock does with calls that wait. */
export function installLateCalls(world: World): void {
  const take = (seq: number): Call | undefined => {
    const call = waitingCalls(world).get(seq);
    waitingCalls(world).delete(seq);
    return call;
  };
  world.agenda.on('call.start', (ref) => {
    const { seq, request } = ref as unknown as { seq: number; request: MapleRequest };
    const record = world.state.calls.find((entry) => entry.seq === seq);
    if (record === undefined) return;
    const answer = commit(world, { request, record });
    const call = take(seq);
    if (call !== undefined) reply(world, call, answer);
  });
  world.agenda.on('call.answer', (ref) => {
    const { seq, answer } = ref as unknown as { seq: number; answer: Answer };
    const call = take(seq);
    if (call !== undefined) reply(world, call, answer);
  });
}
