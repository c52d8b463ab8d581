import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CopyNotFound } from './errors.js';
import { isHandle } from './handle.js';
import { type Bucket, nullIfMissing, openBucket, reached, type S3Settings } from './s3-bucket.js';
import { abandonUpload, beginUpload, resumeUpload } from './s3-upload.js';
import type { StoredHandle, VaultStorage } from './storage.js';
import { withErrorsOf } from './stream-errors.js';

/** Copies as objects `<prefix>/<handle>/<name>` of a bucket that is there. */
export function createS3Storage(settings: S3Settings): VaultStorage {
  const bucket = openBucket(settings);
  const { client } = bucket;
  const object = (handle: string, name: string) => ({
    Bucket: bucket.name,
    Key: bucket.keyOf(handle, name),
  });
  return {
    location: `s3://${[bucket.name, settings.prefix ?? ''].join('/').replace(/\/+$/, '')}`,
    putDocument: (handle, name, text) =>
      reached(async () => {
        await client.send(new PutObjectCommand({ ...object(handle, name), Body: text }));
      }),
    getDocument: (handle, name) =>
      reached(async () => {
        const command = new GetObjectCommand(object(handle, name));
        const answer = await client.send(command).catch(nullIfMissing);
        return (await answer?.Body?.transformToString()) ?? null;
      }),
    size: (handle, name) =>
      reached(async () => {
        const command = new HeadObjectCommand(object(handle, name));
        return (await client.send(command).catch(nullIfMissing))?.ContentLength ?? null;
      }),
    read: (handle, name, { start = 0, end } = {}) =>
      reached(async () => {
        if (end !== undefined && end <= start) return Readable.from([]);
        const Range = `bytes=${start}-${end === undefined ? '' : end - 1}`;
        const part = start > 0 || end !== undefined;
        const command = new GetObjectCommand({ ...object(handle, name), ...(part && { Range }) });
        const answer = await client.send(command).catch(nullIfMissing);
        if (answer === null) throw new CopyNotFound(`there is no ${name} in ${handle}`);
        return withErrorsOf(answer.Body as Readable);
      }),
    begin: (handle, name, totalBytes) =>
      reached(() => beginUpload(bucket, bucket.keyOf(handle, name), totalBytes)),
    resume: async (handle, name, state) => resumeUpload(bucket, bucket.keyOf(handle, name), state),
    removeFile: (handle, name, state) =>
      reached(async () => {
        if (state !== null) await abandonUpload(bucket, bucket.keyOf(handle, name), state);
        await client.send(new DeleteObjectCommand(object(handle, name)));
      }),
    removeCopy: (handle, first) =>
      reached(async () => {
        await client.send(new DeleteObjectCommand(object(handle, first)));
        for await (const { key } of objectsOf(bucket, bucket.keyOf(handle, ''))) {
          await client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: key }));
        }
      }),
    handles: (beginning) => handlesIn(bucket, beginning),
    close: async () => client.destroy(),
  };
}

/** Keys come in the order of their names, so that those of a handle come together. */
async function* handlesIn(bucket: Bucket, beginning: string): AsyncGenerator<StoredHandle> {
  const root = bucket.keyOf('', '').replace(/\/$/, '');
  let keys: { handle: string; name: string; at: Date }[] = [];
  for await (const { key, at } of objectsOf(bucket, `${root}${beginning}`)) {
    const [handle = '', name = ''] = key.slice(root.length).split('/');
    if (!isHandle(handle)) continue;
    if (keys[0] !== undefined && keys[0].handle !== handle) {
      yield* summary(keys);
      keys = [];
    }
    keys.push({ handle, name, at });
  }
  yield* summary(keys);
}

function summary(
  keys: readonly { readonly handle: string; readonly name: string; readonly at: Date }[],
): readonly StoredHandle[] {
  return keys.slice(0, 1).map(({ handle }) => ({
    handle,
    names: keys.map(({ name }) => name),
    lastWrittenAt: new Date(Math.max(...keys.map(({ at }) => at.getTime()))),
  }));
}

async function* objectsOf(
  { client, name }: Bucket,
  prefix: string,
): AsyncGenerator<{ readonly key: string; readonly at: Date }> {
  const pages = paginateListObjectsV2({ client }, { Bucket: name, Prefix: prefix })[
    Symbol.asyncIterator
  ]();
  for (;;) {
    const page = await reached(() => pages.next());
    if (page.done === true) return;
    for (const { Key, LastModified } of page.value.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, at: LastModified ?? new Date(0) };
    }
  }
}
