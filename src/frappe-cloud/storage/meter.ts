/** Bytes on their way out, counted. */
export interface Metered {
  readonly pieces: AsyncIterable<Buffer>;
  /** What went wrong with the source, which is no fault of the one who takes the bytes. */
  fault(): unknown;
}

/**
 * Passes on a source of exactly `bytes` bytes; `onTaken` is told of each piece once the next one
 * is asked for.
 */
export function meter(
  source: AsyncIterable<Buffer>,
  bytes: number,
  onTaken: (bytes: number) => void,
): Metered {
  let fault: unknown;
  async function* pieces() {
    let count = 0;
    try {
      for await (const piece of source) {
        count += piece.length;
        if (count > bytes) break;
        yield piece;
        onTaken(piece.length);
      }
      if (count !== bytes)
        throw new RangeError(`the source has not the ${bytes} bytes it promised`);
    } catch (error) {
      fault = error;
      throw error;
    }
  }
  return { pieces: pieces(), fault: () => fault };
}
