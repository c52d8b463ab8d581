import { gzipSync } from 'node:zlib';

/** A header of ustar: name, size, type, and the sum of it all. */
export function tarHeader(name: string, size: number, type = '0'): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(size.toString(8).padStart(11, '0'), 124);
  header.write(type, 156);
  header.write('ustar\0' + '00', 257);
  return withChecksum(header);
}

export function withChecksum(header: Buffer): Buffer {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

export const TAR_END = Buffer.alloc(1_024);

/** A tar with one file of this content. */
export function tarOf(content: Uint8Array, name = './public/files/one.bin'): Buffer {
  const filling = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([tarHeader(name, content.length), content, filling, TAR_END]);
}

/** Content that repeats nowhere near, so that a piece in the wrong place is noticed. */
export function contentOf(bytes: number, seed = 1): Buffer {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let state = seed;
  for (let at = 0; at < words.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[at] = state;
  }
  return Buffer.from(words.buffer).subarray(0, bytes);
}

export const SQL = gzipSync(
  Buffer.from('create table `tabUser` (name varchar(140));\n'.repeat(500)),
);
export const CONFIG = Buffer.from(JSON.stringify({ db_name: '_abc', maintenance_mode: 1 }));
