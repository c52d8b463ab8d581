import { type Answer, writeHead } from '../http/envelope.js';
import { milliseconds } from '../jobs/agent.js';
import type { World } from '../world/world.js';
import type { Call } from './apply.js';

const PIECES = 8;

/** Sends an answer in pieces, the last one `seconds` after the first. */
export function drip(world: World, call: Call, reply: Answer, seconds: number): void {
  call.record.status = reply.status;
  writeHead(world, call.response, reply);
  const size = Math.ceil(reply.body.length / PIECES);
  const pieces = Array.from({ length: PIECES }, (_, index) =>
    reply.body.slice(index * size, (index + 1) * size),
  );
  const pause = milliseconds((seconds * 1000) / (PIECES - 1));
  const kind = `call.drip.${call.record.seq}`;
  world.onTask(kind, (ref) => {
    const index = Number(ref);
    if (index === PIECES - 1) call.response.end(pieces[index]);
    else call.response.write(pieces[index] ?? '');
  });
  const start = world.now();
  for (let index = 0; index < PIECES; index += 1) {
    world.schedule(start + index * pause, kind, index);
  }
}
