import { fileURLToPath } from 'node:url';
import type { DataConverter, PayloadCodec } from '@temporalio/common';

/** For `bundleWorkflowCode`: a prebuilt bundle ignores the worker's own data converter (SDK 3). */
export const failureConverterPath = fileURLToPath(
  new URL('./failure-converter.mjs', import.meta.url),
);

/** The data converter of every client and worker: failures as payloads, payloads encrypted. */
export function createDataConverter(codec: PayloadCodec): DataConverter {
  return { failureConverterPath, payloadCodecs: [codec] };
}
