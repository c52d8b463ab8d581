import { getUploadForm, uploadedBackupInfo } from '../endpoints/uploads.js';
import type { Storage } from './storage.js';
import type { Transport } from '../transport.js';
import { formBody } from './upload-form.js';
import { sendInParts } from './upload-multipart.js';
import { partsOf } from './upload-parts.js';
import { callOptions, persist, progressOf, withPart } from './upload-steps.js';
import type { Upload, UploadOptions, UploadSource } from './upload-types.js';

/**
 * Uploads a file to Press's storage and registers it: answers its Remote File, which restores and
 * new sites take. Mutating. Nothing is held in memory. The links of a file in parts are good for
 * an hour together: a part that is begun later is `FORBIDDEN`, and only another upload helps
 * (B 3.1).
 *
 * Given up: an upload in parts is aborted at the storage. Repeated: another object and Remote
 * File; the first is garbage that is deleted within a day (B 3.3).
 *
 * @throws PressError of the step that failed, and whatever the source throws
 */
export async function uploadFile(
  press: Transport,
  storage: Storage,
  source: UploadSource,
  options: UploadOptions = {},
): Promise<string> {
  const upload = { press, storage, source, options };
  const parts = partsOf(source.bytes, options.partBytes);
  const path = parts.length === 1 ? await sendAsForm(upload) : await sendInParts(upload, parts);
  const { file_name: file, bytes: size } = source;
  const uploaded = { file, path, size, type: typeOf(source) };
  return persist(options, () => uploadedBackupInfo(press, uploaded, callOptions(options)));
}

/** As the dashboard says it (B 3.5). */
function typeOf({ kind, file_name }: UploadSource): string {
  if (kind === 'config') return 'application/json';
  if (kind !== 'database') return 'application/x-tar';
  return file_name.endsWith('.gz') ? 'application/gzip' : 'application/sql';
}

/** With a new form each time, which also cures one that has expired. @returns the key. */
function sendAsForm({ press, storage, source, options }: Upload): Promise<string> {
  const { file_name: name, bytes } = source;
  const progress = progressOf(options);
  return persist(options, async () => {
    const form = await getUploadForm(press, { file: name }, callOptions(options));
    await withPart(source, { start: 0, end: bytes }, (content) => {
      const body = formBody(form, { name, type: typeOf(source), bytes, content });
      return storage.send({
        method: 'POST',
        url: form.url,
        headers: { 'content-type': body.contentType },
        body: body.pieces,
        bytes: body.bytes,
        onSent: progress.begin(1, bytes),
        idleMs: options.idleMs,
        signal: options.signal,
        endpoint: 'storage POST',
      });
    });
    return form.fields.key ?? '';
  });
}
