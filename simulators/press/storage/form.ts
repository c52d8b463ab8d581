import { ObjectDigest } from './digest.js';

/** What a multipart form says: its fields, and its file as far as it is kept. */
interface UploadedForm {
  fields: Record<string, string>;
  file: ReturnType<ObjectDigest['finish']>;
}

const BLANK_LINE = '\r\n\r\n';

/**
 * Reads `multipart/form-data` whose last part is `file`, as the storage wants it (B 3.5), without
 * holding the file.
 *
 * @returns null for a body that ends too early or has no file.
 */
export async function readForm(
  body: AsyncIterable<Buffer>,
  contentType: string,
): Promise<UploadedForm | null> {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const end = Buffer.from(`\r\n--${boundary}--`);
  const digest = new ObjectDigest();
  let fields: Record<string, string> | null = null;
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of body) {
    held = Buffer.concat([held, piece]);
    if (fields === null) {
      const start = startOfFile(held);
      if (start === null) continue;
      fields = fieldsOf(held.subarray(0, start).toString('utf8'), boundary);
      held = held.subarray(start);
    }
    // The last bytes may be the end of the form instead of the file's.
    const certain = Math.max(held.length - end.length - 2, 0);
    digest.add(held.subarray(0, certain));
    held = held.subarray(certain);
  }
  const rest = held.indexOf(end);
  if (fields === null || rest < 0) return null;
  digest.add(held.subarray(0, rest));
  return { fields, file: digest.finish() };
}

/** Where the content of the part `file` begins. */
function startOfFile(head: Buffer): number | null {
  const part = head.indexOf('name="file"');
  if (part < 0) return null;
  const blank = head.indexOf(BLANK_LINE, part);
  return blank < 0 ? null : blank + BLANK_LINE.length;
}

function fieldsOf(head: string, boundary: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const part of head.split(`--${boundary}`)) {
    const [, name] = /name="([^"]*)"/.exec(part) ?? [];
    const blank = part.indexOf(BLANK_LINE);
    if (name === undefined || name === 'file' || blank < 0) continue;
    fields[name] = part.slice(blank + BLANK_LINE.length).replace(/\r\n$/, '');
  }
  return fields;
}
