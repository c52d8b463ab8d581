/** A stretch of a file: bytes that are there, or one block over and over. */
export interface Segment {
  length: number;
  /** Repeated until `length` is full. */
  block: Buffer;
}

const LARGEST_CHUNK = 64 * 1024;

export const once = (block: Buffer): Segment => ({ length: block.length, block });

export const zeros = (length: number): Segment => ({
  length,
  block: Buffer.alloc(Math.min(length, LARGEST_CHUNK)),
});

export const lengthOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { length }) => sum + length, 0);

/**
 * The bytes from `start` to before `end` in pieces of at most 64 KiB: a file of many gigabytes
 * costs no memory.
 */
export function* readSegments(
  segments: readonly Segment[],
  start: number,
  end: number,
): Generator<Buffer> {
  let base = 0;
  for (const { length, block } of segments) {
    let at = Math.max(start - base, 0);
    const last = Math.min(end - base, length);
    while (at < last) {
      const inBlock = at % block.length;
      const size = Math.min(block.length - inBlock, last - at, LARGEST_CHUNK);
      yield block.subarray(inBlock, inBlock + size);
      at += size;
    }
    base += length;
  }
}
