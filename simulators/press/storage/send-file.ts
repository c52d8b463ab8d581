import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TransferFault } from '../fault-types.js';
import { lengthOf, readSegments, type Segment } from './segments.js';

/** A file on its way out. */
export interface OutgoingFile {
  fileName: string;
  segments: readonly Segment[];
  headers?: Record<string, string>;
}

interface ByteRange {
  start: number;
  /** One past the last byte. */
  end: number;
}

const RANGE = /^bytes=(\d*)-(\d*)$/;

/** One range, or the whole; several ranges at once are not answered in parts (RFC 9110). */
function requestedRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  const [, from, to] = RANGE.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || from + to === '') return null;
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(Number(to) + 1, size);
  return start < end ? { start, end } : 'unsatisfiable';
}

/** Sends a file or a range of it, piece by piece, as fast as it is taken. */
export async function sendFile(
  response: ServerResponse,
  requestHeaders: IncomingHttpHeaders,
  file: OutgoingFile,
  fault: TransferFault | null,
): Promise<void> {
  const size = lengthOf(file.segments);
  const range = requestedRange(requestHeaders.range, size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size };
  response.writeHead(range === null ? 200 : 206, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${file.fileName}"`,
    'Accept-Ranges': 'bytes',
    'Content-Length': end - start,
    ...(range === null ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
    ...file.headers,
  });
  const pieces = disturbed(readSegments(file.segments, start, end), start, fault);
  try {
    await pipeline(Readable.from(pieces), response);
  } catch {
    // Cut by a fault, or the reader has gone: nothing more can be sent.
    response.destroy();
  }
}

/** The pieces as a fault lets them through; `offset` is where the first one begins in the file. */
function* disturbed(
  pieces: Iterable<Buffer>,
  offset: number,
  fault: TransferFault | null,
): Generator<Buffer> {
  let sent = 0;
  for (const piece of pieces) {
    if (fault?.kind === 'cut' && sent + piece.length > fault.afterBytes) {
      yield piece.subarray(0, fault.afterBytes - sent);
      throw new Error('cut');
    }
    yield fault?.kind === 'corrupt' ? corrupted(piece, fault.atByte - offset - sent) : piece;
    sent += piece.length;
  }
}

function corrupted(piece: Buffer, at: number): Buffer {
  const byte = piece[at];
  if (byte === undefined) return piece;
  const copy = Buffer.from(piece);
  copy[at] = byte ^ 0xff;
  return copy;
}
