import type { ByteSink } from './formats.js';

const BLOCK = 512;
/** Of a header of the pax format: names and numbers that do not fit elsewhere. */
const MAX_PAX_BYTES = 1024 * 1024;
const OF_NEXT_ENTRY = 'x';

/** Walks the headers of a tar from one to the next until the end marker. */
export function createTarReader(): ByteSink {
  const block = Buffer.alloc(BLOCK);
  let filled = 0;
  /** Content that belongs to the last header, padded to whole blocks. */
  let skip = 0;
  let emptyBlocks = 0;
  /** Content of a pax header, while it is being read. */
  let pax: { readonly bytes: number; text: Buffer } | null = null;
  let paxSize: number | null = null;

  const takeHeader = () => {
    if (block.every((byte) => byte === 0)) {
      emptyBlocks += 1;
      return;
    }
    emptyBlocks = 0;
    if (!hasItsChecksum(block)) throw new Error('a header of the tar is damaged');
    const size = paxSize ?? numberIn(block.subarray(124, 136));
    paxSize = null;
    if (!Number.isSafeInteger(size)) throw new Error('a header of the tar is damaged');
    skip = Math.ceil(size / BLOCK) * BLOCK;
    if (String.fromCharCode(block[156] ?? 0) !== OF_NEXT_ENTRY) return;
    if (size > MAX_PAX_BYTES) throw new Error('a header of the tar is too long');
    pax = { bytes: size, text: Buffer.alloc(0) };
  };
  const takeContent = (part: Uint8Array) => {
    skip -= part.length;
    if (pax === null) return;
    pax.text = Buffer.concat([pax.text, part]);
    if (skip > 0) return;
    paxSize = paxSizeIn(pax.text.subarray(0, pax.bytes));
    pax = null;
  };

  return {
    write: async (chunk) => {
      let at = 0;
      // Whatever follows the end marker is filling.
      while (at < chunk.length && emptyBlocks < 2) {
        if (skip > 0) {
          const part = chunk.subarray(at, at + skip);
          at += part.length;
          takeContent(part);
          continue;
        }
        const part = chunk.subarray(at, at + BLOCK - filled);
        block.set(part, filled);
        at += part.length;
        filled = (filled + part.length) % BLOCK;
        if (filled === 0) takeHeader();
      }
    },
    end: async () => {
      if (emptyBlocks < 2) throw new Error('the tar ends before its end marker');
    },
    abandon: () => undefined,
  };
}

/** The sum of all bytes of a header, its own field counted as blanks. */
function hasItsChecksum(header: Uint8Array): boolean {
  const blanks = 8 * 0x20;
  const sum = header.reduce((total, byte, at) => (at >= 148 && at < 156 ? total : total + byte), 0);
  return sum + blanks === numberIn(header.subarray(148, 156));
}

/** Octal text, or what GNU tar writes for more than 8 GiB: a set first bit, then binary. */
function numberIn(field: Uint8Array): number {
  const first = field[0] ?? 0;
  if ((first & 0x80) !== 0) {
    return field.slice(1).reduce((value, byte) => value * 256 + byte, first & 0x7f);
  }
  const text = Buffer.from(field).toString('latin1').replace(/\0.*$/s, '').trim();
  return text === '' ? 0 : Number.parseInt(text, 8);
}

/** The record `size`, which goes before the size in the header that follows. */
function paxSizeIn(text: Uint8Array): number | null {
  const found = /(?:^|\n)\d+ size=(\d+)\n/.exec(Buffer.from(text).toString('utf8'));
  return found === null ? null : Number(found[1]);
}
