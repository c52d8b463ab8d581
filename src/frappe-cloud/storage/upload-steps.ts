import { PressError, PressErrorCode } from '../errors.js';
import type { CallOptions } from '../transport.js';
import type { ByteRange } from './upload-parts.js';
import type { UploadOptions, UploadSource } from './upload-types.js';

/** Does a step until it succeeds or the caller has had enough. */
export async function persist<T>({ again }: UploadOptions, step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      const final = !(error instanceof PressError) || error.code === PressErrorCode.ABORTED;
      if (final || !(await again?.(error))) throw error;
    }
  }
}

/** What of the options is for calls to Press. */
export function callOptions({ signal, priority, timeoutMs }: UploadOptions): CallOptions {
  return {
    ...(signal && { signal }),
    ...(priority && { priority }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}

/** Reads a part of the source, and lets go of it however its sending ends. */
export async function withPart<T>(
  source: UploadSource,
  range: ByteRange,
  send: (content: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  const content = await source.read(range);
  // It may fail before anybody reads; the error stays with the stream and meets the reader.
  content.on('error', () => undefined);
  try {
    return await send(content);
  } finally {
    content.destroy();
  }
}

/** Adds up what the parts of a file have sent. */
export interface Progress {
  /** A part begins, perhaps anew. @returns what counts its bytes, up to `most` */
  begin(part: number, most: number): (bytes: number) => void;
}

export function progressOf({ onProgress }: UploadOptions): Progress {
  const sent = new Map<number, number>();
  return {
    begin(part, most) {
      sent.set(part, 0);
      return (bytes) => {
        sent.set(part, Math.min((sent.get(part) ?? 0) + bytes, most));
        onProgress?.([...sent.values()].reduce((sum, count) => sum + count, 0));
      };
    },
  };
}
