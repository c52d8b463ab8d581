import { crc32, deflateRawSync } from 'node:zlib';
import { lengthOf, once, type Segment, zeros } from './segments.js';

/** A file of a backup that is made up when it is read: valid, of the wanted size, with its mark. */
export interface MadeFile {
  kind: 'database' | 'public' | 'private';
  site: string;
  mark: string;
  size: number;
}

const MARK = /press-simulator-(\w+)/;
const GZIP_NAME = 0x08;
const GZIP_COMMENT = 0x10;
const TAR_BLOCK = 512;
/** Two empty blocks end an archive. */
const TAR_END = 2 * TAR_BLOCK;
const ROWS_PER_BLOCK = 600;

/** No made file is smaller: head and end need room. */
export const SMALLEST_FILE = 4 * TAR_BLOCK;

/** The mark in the first bytes of a file that was made here, wherever it has been since. */
export const markIn = (head: Buffer): string | null =>
  MARK.exec(head.toString('latin1'))?.[1] ?? null;

const text = (mark: string): string => `press-simulator-${mark}`;

export function madeFile(file: MadeFile): Segment[] {
  return file.kind === 'database' ? gzipFile(file) : tarFile(file, file.kind);
}

/** A dump as several gzip members: head with the mark, the same rows over and over, an empty end. */
function gzipFile({ mark, size }: MadeFile): Segment[] {
  const head = gzipMember(`-- Dump of ${text(mark)}\n`, { name: `${text(mark)}.sql` });
  const rows = gzipMember(ROWS);
  const rest = size - head.length;
  const times = Math.floor((rest - gzipMember('', { comment: '' }).length) / rows.length);
  const end = rest - times * rows.length;
  return [once(head), { length: times * rows.length, block: rows }, once(emptyMember(end))];
}

const ROWS = Array.from(
  { length: ROWS_PER_BLOCK },
  (_, row) => `INSERT INTO \`tabToDo\` VALUES (${row}, 'nothing to be done');\n`,
).join('');

/** A member without content that is `size` bytes long: its comment fills it. */
function emptyMember(size: number): Buffer {
  const bare = gzipMember('', { comment: '' });
  return gzipMember('', { comment: '.'.repeat(size - bare.length) });
}

/** Stored, not compressed, so that unpacking gives no more than was sent. */
function gzipMember(content: string, { name, comment }: { name?: string; comment?: string } = {}) {
  const data = Buffer.from(content, 'utf8');
  const flags = (name === undefined ? 0 : GZIP_NAME) | (comment === undefined ? 0 : GZIP_COMMENT);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(data), 0);
  trailer.writeUInt32LE(data.length, 4);
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255]),
    ...[name, comment].flatMap((field) =>
      field === undefined ? [] : [Buffer.from(`${field}\0`, 'latin1')],
    ),
    deflateRawSync(data, { level: 0 }),
    trailer,
  ]);
}

/** One file in an archive; what is left of the wanted size are the zeros after its end. */
function tarFile({ site, mark, size }: MadeFile, side: 'public' | 'private'): Segment[] {
  const room = size - TAR_BLOCK - TAR_END;
  const length = room - (room % TAR_BLOCK);
  const head = once(tarHeader(`./${site}/${side}/files/${text(mark)}.txt`, length));
  const block = Buffer.from('All work and no play\n'.repeat(TAR_BLOCK));
  const content = { length, block };
  return [head, content, zeros(size - lengthOf([head, content]))];
}

const OCTAL_DIGITS = 11;

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(TAR_BLOCK);
  header.write(name, 0, 'latin1');
  header.write('0000644\0' + '0000000\0' + '0000000\0', 100, 'latin1');
  writeTarSize(header, size);
  header.write('0'.repeat(OCTAL_DIGITS) + '\0', 136, 'latin1');
  header.write(' '.repeat(8) + '0', 148, 'latin1');
  header.write('ustar\0' + '00', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** Octal, or from 8 GiB on binary with the top bit set, as GNU tar writes it. */
function writeTarSize(header: Buffer, size: number): void {
  const octal = size.toString(8).padStart(OCTAL_DIGITS, '0');
  if (octal.length === OCTAL_DIGITS) {
    header.write(`${octal}\0`, 124, 'latin1');
    return;
  }
  header[124] = 0x80;
  header.writeBigUInt64BE(BigInt(size), 128);
}
