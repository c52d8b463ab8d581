import { type Answer, writeHead } from '../http/envelope.js';
import { milliseconds } from '../jobs/agent.js';
import type { World } from '../world/world.js';
import type { Call } from './call.js';
import { waitingCalls } from './call.js';

const PIECES = 8;

interface DripRef {
  seq: number;
  piece: string;
  isLast: boolean;
}

/** Sends an answer in pieces, the last one `seconds` after the first. */
export function drip(world: World, call: Call, reply: Answer, seconds: number): void {
  const { seq } = call.record;
  call.record.status = reply.status;
  call.record.answered = true;
  writeHead(world, call.response, reply);
  waitingCalls(world).set(seq, call);
  const size = Math.ceil(reply.body.length / PIECES);
  const pause = milliseconds((seconds * 1000) / (PIECES - 1));
  const start = world.now();
  for (let index = 0; index < PIECES; index += 1) {
    const piece = reply.body.slice(index * size, (index + 1) * size);
    world.schedule(start + index * pause, 'call.drip', {
      seq,
      piece,
      isLast: index === PIECES - 1,
    });
  }
}

export function installDrip(world: World): void {
  world.onTask('call.drip', (ref) => {
    const { seq, piece, isLast } = ref as unknown as DripRef;
    const response = waitingCalls(world).get(seq)?.response;
    response?.write(piece);
    if (!isLast) return;
    response?.end();
    waitingCalls(world).delete(seq);
  });
}
