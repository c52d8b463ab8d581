import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { GatewayDeps } from '../deps.js';
import { problemOf } from '../problem.js';

/** A JSON document as a line of a stream. */
export const lineOf = (content: object): string => `${JSON.stringify(content)}\n`;

/**
 * Answers a JSON document per line. The last one says how it ended: when reading fails half-way, that
 * is an error. The next chunk is read when the reader has taken the one before.
 */
export function sendStream(
  reply: FastifyReply,
  chunks: AsyncIterable<string>,
  {
    of,
    log,
    gone,
  }: {
    /** Name of the account, or tenant, that is read. */
    readonly of: string;
    readonly log: GatewayDeps['log'];
    /** Fires when the reader has gone. */
    readonly gone: AbortSignal;
  },
): FastifyReply {
  const whole = withItsEnd(chunks, (error) => {
    if (!gone.aborted) log.warn({ err: error, of }, 'a stream was cut off');
  });
  return reply.type('application/x-ndjson').send(Readable.from(whole, { highWaterMark: 1 }));
}

async function* withItsEnd(
  chunks: AsyncIterable<string>,
  onError: (error: unknown) => void,
): AsyncGenerator<string, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    onError(error);
    yield lineOf({ error: problemOf(error).problem });
  }
}
