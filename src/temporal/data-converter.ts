import { fileURLToPath } from 'node:url';
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import { readableOnly } from './readable-only.js';
import { createPayloadCodec } from '../security/codec.js';
import { type KeySource, loadKeyRing, parseKeyRing } from '../security/key-ring.js';

/** For `bundleWorkflowCode`: a prebuilt bundle ignores the worker's own data converter (SDK 3). */
export const failureConverterPath = fileURLToPath(
  new URL('./failure-converter.mjs', import.meta.url),
);

/** The data converter of every client and worker: failures as payloads, payloads encrypted. */
export function createDataConverter(codec: PayloadCodec): DataConverter {
  // Decoding goes from the last to the first.
  return { failureConverterPath, payloadCodecs: [readableOnly, codec] };
}

/**
 * The data converter of an installation, from its keys.
 *
 * @throws KeyRingInvalid; the file's own error when it cannot be read
 */
export async function dataConverterFor(keys: KeySource): Promise<DataConverter> {
  const ring = 'text' in keys ? parseKeyRing(keys.text) : await loadKeyRing(keys.file);
  return createDataConverter(createPayloadCodec(ring));
}
