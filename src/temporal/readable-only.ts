import type { Payload, PayloadCodec } from '@temporalio/common';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Turns what Temporal's converter would throw over into the marker of an undecodable payload: a
 * throw fails the workflow task that reads it, over and over, so that one stray message stops a run
 * (D 4). The signal form of Temporal's own UI offers an encoding that the TypeScript SDK cannot
 * read (`json/protobuf`), and a plain client may send JSON that is none.
 */
export const readableOnly: PayloadCodec = {
  encode: async (payloads) => payloads,
  decode: async (payloads) => payloads.map((payload) => (isReadable(payload) ? payload : marker())),
};

function isReadable({ metadata, data }: Payload): boolean {
  const encoding = Buffer.from(metadata?.['encoding'] ?? []).toString();
  if (encoding === 'binary/null' || encoding === 'binary/plain') return true;
  if (encoding !== 'json/plain') return false;
  try {
    JSON.parse(utf8.decode(data ?? new Uint8Array()));
    return true;
  } catch {
    return false;
  }
}

/** As {@link createPayloadCodec} makes it where no key fits. */
function marker(): Payload {
  return {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify({ undecodable: true })),
  };
}
