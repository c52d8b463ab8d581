import { createGunzip as createZlibGunzip } from 'node:zlib';

/** Takes bytes, and throws when they are not what they should be. */
export interface ByteSink {
  /** Resolves when there is room for more. */
  write(chunk: Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Lets go of what `end` would have. */
  abandon(): void;
}

/** A site's config has a few kilobytes; what is larger is something else. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;

/** Checks what gzip knows of itself, checksum and length, and passes the content on. */
export function createGunzip(content: ByteSink): ByteSink {
  const gunzip = createZlibGunzip();
  let failure: Error | null = null;
  // A stream that has failed does not always answer the write that is under way.
  let tellWriter: ((failure: Error) => void) | null = null;
  const fail = (cause: unknown) => {
    failure ??= cause instanceof Error ? cause : new Error(String(cause));
    gunzip.destroy();
    tellWriter?.(failure);
  };
  gunzip.on('error', fail);
  const passed = (async () => {
    for await (const chunk of gunzip) await content.write(chunk as Uint8Array);
  })().catch(fail);
  return {
    write: (chunk) =>
      new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure);
        tellWriter = reject;
        gunzip.write(chunk, (error) => (error ? reject(failure ?? error) : resolve()));
      }),
    end: async () => {
      tellWriter = null;
      gunzip.end();
      await passed;
      if (failure !== null) throw failure;
      await content.end();
    },
    abandon: () => {
      tellWriter = null;
      gunzip.destroy();
      content.abandon();
    },
  };
}

/** A JSON object, small enough to be looked at as a whole. */
export function createJsonReader(): ByteSink {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    write: async (chunk) => {
      bytes += chunk.length;
      if (bytes > MAX_JSON_BYTES) throw new Error('it is too large for a config');
      chunks.push(chunk.slice());
    },
    end: async () => {
      const value: unknown = parse(Buffer.concat(chunks).toString('utf8'));
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new Error('it is no JSON object');
      }
    },
    abandon: () => undefined,
  };
}

/** Without the words of the parser, which quote from the text: a config holds passwords. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
}
