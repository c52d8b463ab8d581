import { Readable } from 'node:stream';

/**
 * The chunks of a stream until the signal fires, which then is thrown with its reason, also when
 * the stream is stuck. The stream is closed however this ends.
 */
export async function* untilAborted(
  stream: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  let stop: ((reason: unknown) => void) | null = null;
  const abort = () => stop?.(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        stop = reject;
        chunks.next().then(resolve, reject);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    closeStream(stream, chunks);
  }
}

/** Ends a stream that nobody reads on. Not waited for: one that is stuck answers nothing. */
export function closeStream(
  stream: AsyncIterable<Uint8Array>,
  chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator](),
): void {
  if (stream instanceof Readable) stream.destroy();
  else chunks.return?.().catch(() => undefined);
}
