import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { InvalidInput } from '../../errors.js';
import { UnreadableRest } from './problems.js';

/** Where the rows of a batch come from. */
export interface BatchSource {
  /** For messages: its base name, or "standard input". */
  readonly name: string;
  /** Whether {@link BatchSource.text} may be asked for more than once. */
  readonly seekable: boolean;
  /**
   * The text from its beginning, in pieces.
   *
   * @throws UnreadableRest when it is not UTF-8
   * @throws AbortError when the signal fires
   */
  text(signal?: AbortSignal): AsyncGenerator<string>;
}

/** How the command line names standard input. */
export const STANDARD_INPUT = '-';

/**
 * Opens a batch file for the time of the work. It stays the same file, even when somebody puts
 * another in its place meanwhile.
 *
 * @throws InvalidInput when it cannot be read
 */
export async function withSource<T>(
  file: string,
  work: (source: BatchSource) => Promise<T>,
): Promise<T> {
  if (file === STANDARD_INPUT) {
    const text = (signal?: AbortSignal) => textOf(process.stdin, signal);
    return work({ name: 'standard input', seekable: false, text });
  }
  const handle = await opened(file);
  try {
    const seekable = (await handle.stat()).isFile();
    // A pipe has no place to start at.
    const range = { autoClose: false, ...(seekable && { start: 0 }) };
    const text = (signal?: AbortSignal) => textOf(handle.createReadStream(range), signal);
    return await work({ name: path.basename(file), seekable, text });
  } finally {
    await handle.close();
  }
}

async function opened(file: string): Promise<FileHandle> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code === 'ENOENT' ? 'there is no such file' : error.message);
  });
  if (!(await handle.stat()).isDirectory()) return handle;
  await handle.close();
  throw unreadable(file, 'it is a directory');
}

function unreadable(file: string, why: string): InvalidInput {
  return new InvalidInput([{ path: 'file', message: `"${file}": ${why}` }]);
}

async function* textOf(stream: Readable, signal?: AbortSignal): AsyncGenerator<string> {
  if (signal !== undefined) addAbortSignal(signal, stream);
  yield* utf8(stream as AsyncIterable<Uint8Array>);
}

/** A byte order mark is left out. */
export async function* utf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      const [readable = ''] = new TextDecoder().decode(chunk).split('\uFFFD');
      const message = 'not UTF-8 text; a spreadsheet saves it as "CSV UTF-8"';
      throw new UnreadableRest([{ line: line + breaksIn(readable), message }]);
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
    line += breaksIn(text);
    yield text;
  }
  yield decode();
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}
