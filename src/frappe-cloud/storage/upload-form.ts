import { randomUUID } from 'node:crypto';
import type { UploadForm } from '../endpoints/uploads.js';

export interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Buffer>;
}

/** A `multipart/form-data` body that is made while it is sent. */
export interface FormBody {
  readonly contentType: string;
  readonly bytes: number;
  readonly pieces: AsyncIterable<Buffer>;
}

/** The fields of the form, and the file as its last part, as the storage wants it (B 3.5). */
export function formBody({ fields }: UploadForm, file: FormFile): FormBody {
  const boundary = `sitewright-${randomUUID()}`;
  const part = (disposition: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
  const before = Object.entries(fields).map(
    ([name, value]) => `${part(`name=${quoted(name)}`)}\r\n${value}\r\n`,
  );
  const fileHead = `${part(`name="file"; filename=${quoted(file.name)}`)}Content-Type: ${file.type}\r\n\r\n`;
  const head = Buffer.from(before.join('') + fileHead);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* pieces() {
    yield head;
    yield* file.content;
    yield tail;
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: head.length + file.bytes + tail.length,
    pieces: pieces(),
  };
}

const quoted = (text: string): string => `"${text.replace(/[\r\n]/g, ' ').replaceAll('"', '%22')}"`;
