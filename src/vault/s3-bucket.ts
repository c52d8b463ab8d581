import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { VaultUnavailable } from './errors.js';
import type { VaultSettings } from './types.js';

export type S3Settings = Extract<VaultSettings, { readonly type: 's3' }>;

/** A bucket, and where in it the vault is. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  /** Key of an object, or with an empty name what all keys of a handle begin with. */
  keyOf(handle: string, name: string): string;
}

export function openBucket(settings: S3Settings): Bucket {
  const { bucket, prefix = '', endpoint, region, accessKeyId, secretAccessKey } = settings;
  const folder = prefix.replace(/^\/+|\/+$/g, '');
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
    // Servers other than Amazon's know the older checksum only, which uploads send themselves.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // The client repeats a part by itself: another try of the caller would have to ask the site
    // for the rest of the file, and not every server has a rest to give.
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
  });
  return {
    client,
    name: bucket,
    keyOf: (handle, name) => `${folder === '' ? '' : `${folder}/`}${handle}/${name}`,
  };
}

/** For a `catch`: what is not there is null. */
export function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

/** The object, not the bucket. HEAD answers have no body, and so no other name than "NotFound". */
function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name);
}

/** Of a multipart upload that was aborted, completed, or has expired. */
export function isGoneUpload(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchUpload';
}

/** Turns whatever the server or the way to it says into one error. */
export async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error) || isOurs(cause)) throw cause;
    // Without the cause: the client's errors hold whole requests, with their sockets and headers.
    throw new VaultUnavailable(`the vault cannot be used: ${cause.name}: ${cause.message}`);
  }
}

function isOurs({ name }: Error): boolean {
  return ['CopyNotFound', 'VaultUnavailable'].includes(name);
}
