import type { Press } from './press-client.js';

interface UploadLink {
  url: string;
  fields: Record<string, string>;
}

export interface MultipartLinks {
  Key: string;
  UploadId: string;
  signed_urls: string[];
}

export const SMALLEST_PART = 5 * 1024 * 1024;

export const uploadLink = <T = UploadLink>(press: Press, file: string, parts?: number) =>
  press.ask<T>('press.api.site.get_upload_link', {
    file,
    ...(parts === undefined ? {} : { parts }),
  });

/** Sends a form with all its fields and, last, the file. @returns the status. */
export async function sendForm({ url, fields }: UploadLink, content: Uint8Array): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Uint8Array.from(content)]), 'file.gz');
  return (await fetch(url, { method: 'POST', body: form })).status;
}

export const register = (press: Press, path: string, size?: number, file = 'file.gz') =>
  press.ask<string>('press.api.site.uploaded_backup_info', {
    file,
    path,
    type: 'application/x-gzip',
    ...(size === undefined ? {} : { size }),
  });

/** Uploads and registers a file as the dashboard does. @returns the Remote File. */
export async function upload(press: Press, file: string, content: Uint8Array): Promise<string> {
  const link = await uploadLink(press, file);
  const status = await sendForm(link, content);
  if (status !== 204) throw new Error(`upload: ${status}`);
  return register(press, link.fields.key ?? '', content.length, file);
}

/** @returns the part as `multipart_exit` wants it named. */
export async function putPart(url: string | undefined, content: Uint8Array, number: number) {
  const response = await fetch(url ?? '', { method: 'PUT', body: Uint8Array.from(content) });
  return { status: response.status, PartNumber: number, ETag: response.headers.get('etag') };
}

export const exitUpload = (
  press: Press,
  { Key, UploadId }: MultipartLinks,
  action: string,
  parts?: unknown,
) =>
  press.call('press.api.site.multipart_exit', {
    file: Key,
    id: UploadId,
    action,
    ...(parts === undefined ? {} : { parts }),
  });
