/** A part of a file: from `start` up to, but without, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const MIB = 1024 * 1024;
/** The storage takes no smaller part, the last one excepted (B 3.5). */
const SMALLEST_PART = 5 * MIB;
/** Parts are streamed, so their size costs no memory; it is what a broken connection loses. */
const USUAL_PART = 64 * MIB;
/** All links come in one answer, some 600 bytes each; the storage itself takes 10,000. */
const MOST_PARTS = 1_000;

/**
 * Cuts a file into parts of equal size, the last one smaller. A small file is one part.
 *
 * @param partBytes wanted size; more is taken where the storage or the number of parts wants it
 */
export function partsOf(bytes: number, partBytes = USUAL_PART): ByteRange[] {
  const size = Math.max(partBytes, SMALLEST_PART, Math.ceil(bytes / MOST_PARTS));
  const count = Math.max(1, Math.ceil(bytes / size));
  return Array.from({ length: count }, (_, index) => ({
    start: index * size,
    end: Math.min((index + 1) * size, bytes),
  }));
}
