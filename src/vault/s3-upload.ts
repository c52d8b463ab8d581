import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { UploadGone } from './errors.js';
import { type Bucket, isGoneUpload, nullIfMissing, reached } from './s3-bucket.js';
import type { Upload, UploadState } from './storage.js';

const MIB = 1024 * 1024;
/** S3 takes no more parts, and none but the last below 5 MiB. */
const MAX_PARTS = 10_000;
const MIN_PART_BYTES = 8 * MIB;
/** Above, a part costs more memory than its request costs time. */
const COMFORTABLE_PART_BYTES = 64 * MIB;
/** More parts make the record of them long, which is written anew after each. */
const COMFORTABLE_PARTS = 2_000;
/** Of a file whose size nobody knows: enough for 312 GiB. */
const UNKNOWN_PART_BYTES = 32 * MIB;

/** What is kept of a multipart upload. Not every server can list its parts, so they are in it. */
type MultipartState = {
  readonly uploadId: string;
  readonly partBytes: number;
  readonly totalBytes: number | null;
  /** Bytes in the parts. */
  readonly stored: number;
  /** Of each part, in their order. */
  readonly etags: readonly string[];
};

/** Of every part but the last, so that the parts of a file of this size are at most 10,000. */
export function partBytesFor(totalBytes: number | null): number {
  if (totalBytes === null) return UNKNOWN_PART_BYTES;
  const comfortable = Math.min(totalBytes / COMFORTABLE_PARTS, COMFORTABLE_PART_BYTES);
  const needed = Math.max(MIN_PART_BYTES, comfortable, totalBytes / MAX_PARTS);
  return Math.ceil(needed / MIB) * MIB;
}

export async function beginUpload(
  bucket: Bucket,
  key: string,
  totalBytes: number | null,
): Promise<Upload> {
  const command = new CreateMultipartUploadCommand({ Bucket: bucket.name, Key: key });
  const { UploadId: uploadId = '' } = await bucket.client.send(command);
  const partBytes = partBytesFor(totalBytes);
  return uploadTo(bucket, key, { uploadId, partBytes, totalBytes, stored: 0, etags: [] });
}

/** Null when the state is none. Whether the server still knows of it, the next part tells. */
export function resumeUpload(bucket: Bucket, key: string, state: UploadState): Upload | null {
  if (!isMultipart(state)) return null;
  const { etags, partBytes, stored, totalBytes } = state;
  const whole = Math.floor(stored / partBytes);
  // A short part is the last one; without a known end it may have been the last of a broken source.
  const short = whole < etags.length && stored !== totalBytes;
  return uploadTo(
    bucket,
    key,
    short ? { ...state, etags: etags.slice(0, whole), stored: whole * partBytes } : state,
  );
}

/** Gives the room of its parts back, where the server can; others forget them by themselves. */
export async function abandonUpload(
  { client, name }: Bucket,
  key: string,
  state: UploadState,
): Promise<void> {
  if (!isMultipart(state)) return;
  const { uploadId } = state;
  await client
    .send(new AbortMultipartUploadCommand({ Bucket: name, Key: key, UploadId: uploadId }))
    .catch((error: unknown) => {
      if (!(error instanceof S3ServiceException)) throw error;
    });
}

function uploadTo({ client, name }: Bucket, key: string, begun: MultipartState): Upload {
  const place = { Bucket: name, Key: key, UploadId: begun.uploadId };
  let state = begun;
  return {
    blockBytes: begun.partBytes,
    get stored() {
      return state.stored;
    },
    get state() {
      return state;
    },
    put: (block) =>
      reached(async () => {
        const command = new UploadPartCommand({
          ...place,
          PartNumber: state.etags.length + 1,
          Body: block,
          ContentMD5: createHash('md5').update(block).digest('base64'),
        });
        const { ETag = '' } = await client.send(command).catch(goneIfUnknown);
        const stored = state.stored + block.length;
        state = { ...state, stored, etags: [...state.etags, ETag] };
      }),
    complete: () =>
      reached(async () => {
        const Parts = state.etags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
        const command = new CompleteMultipartUploadCommand({
          ...place,
          MultipartUpload: { Parts },
        });
        try {
          await client.send(command);
        } catch (error) {
          if (!isGoneUpload(error)) throw error;
          // Completed already, when the answer to that was lost.
          const head = new HeadObjectCommand({ Bucket: name, Key: key });
          if ((await client.send(head).catch(nullIfMissing)) === null) goneIfUnknown(error);
        }
      }),
    release: async () => undefined,
  };
}

function goneIfUnknown(error: unknown): never {
  if (!isGoneUpload(error)) throw error;
  throw new UploadGone('the server has forgotten what was uploaded');
}

function isMultipart(state: UploadState): state is UploadState & MultipartState {
  const { uploadId, partBytes, stored, etags } = state;
  return (
    typeof uploadId === 'string' &&
    typeof partBytes === 'number' &&
    typeof stored === 'number' &&
    Array.isArray(etags)
  );
}
