import { createHash } from 'node:crypto';
import { crash, type PressError } from '../http/errors.js';
import type { Json } from '../types.js';
import type { MultipartRow, ObjectRow } from '../world/backups.js';
import type { World } from '../world/world.js';
import { UPLOADS } from './links.js';
import { storeUpload } from './objects.js';

/** The storage takes no smaller part, the last one excepted. */
const SMALLEST_PART = 5 * 1024 * 1024;

type Operation = 'AbortMultipartUpload' | 'CompleteMultipartUpload';

/** @throws NoSuchUpload, also for one that was aborted or completed before (B 3.2). */
export function abortUpload(world: World, id: string, key: string): void {
  findUpload(world, id, key, 'AbortMultipartUpload');
  Reflect.deleteProperty(world.state.multiparts, id);
  world.effect('upload.abort', key);
}

/** Joins the parts that are named. @throws NoSuchUpload, ClientError (InvalidPart, EntityTooSmall) */
export function completeUpload(
  world: World,
  id: string,
  key: string,
  named: readonly { PartNumber: number; ETag: string }[],
): Json {
  const operation = 'CompleteMultipartUpload';
  const upload = findUpload(world, id, key, operation);
  const parts = named.map(({ PartNumber, ETag }) => {
    const part = upload.parts[String(PartNumber)];
    if (part === undefined || part.etag !== ETag.replaceAll('"', '')) {
      throw refused(
        'InvalidPart',
        operation,
        'One or more of the specified parts could not be found.',
      );
    }
    return part;
  });
  if (parts.length === 0) throw refused('MalformedXML', operation, 'The XML was not well-formed');
  if (parts.slice(0, -1).some(({ size }) => size < SMALLEST_PART)) {
    const text = 'Your proposed upload is smaller than the minimum allowed size';
    throw refused('EntityTooSmall', operation, text);
  }
  const object = joined(key, parts);
  storeUpload(world, object);
  Reflect.deleteProperty(world.state.multiparts, id);
  world.effect('upload.complete', key);
  return {
    VersionId: 'null',
    Location: `https://${UPLOADS}.s3.amazonaws.com/${key}`,
    Bucket: UPLOADS,
    Key: key,
    ETag: `"${object.etag}"`,
  };
}

function findUpload(world: World, id: string, key: string, operation: Operation): MultipartRow {
  const upload = world.state.multiparts[id];
  if (upload?.key === key) return upload;
  throw crash(
    'NoSuchUpload',
    `An error occurred (NoSuchUpload) when calling the ${operation} operation: ` +
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have ' +
      'been aborted or completed.',
  );
}

const refused = (code: string, operation: Operation, text: string): PressError =>
  crash(
    'ClientError',
    `An error occurred (${code}) when calling the ${operation} operation: ${text}`,
  );

/** The checksum of checksums, as the storage has it; the beginning tells what it holds. */
function joined(key: string, parts: readonly Omit<ObjectRow, 'key'>[]): ObjectRow {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag, 'hex'));
  const [first] = parts;
  return {
    key,
    size: parts.reduce((sum, { size }) => sum + size, 0),
    etag: `${hash.digest('hex')}-${parts.length}`,
    mark: first?.mark ?? '',
    body: parts.length === 1 ? (first?.body ?? null) : null,
  };
}
