import {
  getPartLinks,
  isUploadGone,
  multipartExit,
  type PartLinks,
  type UploadedPart,
} from '../endpoints/uploads.js';
import { PressError, PressErrorCode } from '../errors.js';
import type { ByteRange } from './upload-parts.js';
import { callOptions, persist, type Progress, progressOf, withPart } from './upload-steps.js';
import type { Upload } from './upload-types.js';

const PARALLEL = 3;
const ABORT_LIMIT_MS = 15_000;

/**
 * Sends a file in parts and joins them; given up, it is aborted at the storage.
 *
 * @returns the key of the object
 * @throws PressError, and whatever the source throws
 */
export async function sendInParts(upload: Upload, ranges: readonly ByteRange[]): Promise<string> {
  const { press, source, options } = upload;
  const wanted = { file: source.file_name, parts: ranges.length };
  const links = await persist(options, () => getPartLinks(press, wanted, callOptions(options)));
  const { Key: key, UploadId: id } = links;
  try {
    await complete(upload, links, await sendAll(upload, links, ranges));
    return key;
  } catch (error) {
    // Not by the caller's signal, which may be the reason; what stays behind is gone in a day.
    const abort = { key, id, action: 'abort' } as const;
    await multipartExit(press, abort, { timeoutMs: ABORT_LIMIT_MS }).catch(() => undefined);
    throw error;
  }
}

/** Some parts at a time; when one fails for good, the others are given up before it throws. */
async function sendAll(
  upload: Upload,
  { signed_urls }: PartLinks,
  ranges: readonly ByteRange[],
): Promise<UploadedPart[]> {
  const { options } = upload;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const progress = progressOf(options);
  const waiting = ranges.map((range, index) => ({
    range,
    number: index + 1,
    url: signed_urls[index] ?? '',
    signal,
    progress,
  }));
  const sent: UploadedPart[] = [];
  let failure: { readonly error: unknown } | undefined;

  async function lane(): Promise<void> {
    for (let part = waiting.shift(); part && !failure; part = waiting.shift()) {
      const next = part;
      const ETag = await persist(options, () => sendPart(upload, next));
      sent.push({ PartNumber: next.number, ETag });
    }
  }
  const lanes = Array.from({ length: options.parallel ?? PARALLEL }, () =>
    lane().catch((error: unknown) => {
      failure ??= { error };
      stop.abort();
    }),
  );
  await Promise.all(lanes);
  if (failure) throw failure.error;
  return sent.sort((a, b) => a.PartNumber - b.PartNumber);
}

interface Part {
  readonly range: ByteRange;
  readonly number: number;
  readonly url: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** @returns the part's ETag. */
function sendPart({ storage, source, options }: Upload, part: Part): Promise<string> {
  const { range, number, url, signal, progress } = part;
  const bytes = range.end - range.start;
  const endpoint = `storage PUT part ${number}`;
  return withPart(source, range, async (body) => {
    const etag = await storage.send({
      method: 'PUT',
      url,
      body,
      bytes,
      onSent: progress.begin(number, bytes),
      idleMs: options.idleMs,
      signal,
      endpoint,
    });
    if (etag !== '') return etag;
    const message = 'the storage: no ETag for a part';
    throw new PressError({ code: PressErrorCode.BAD_ANSWER, message, endpoint, sent: 'yes' });
  });
}

/** Joins the parts. Nobody else knows the upload: gone after a lost answer means joined (B 3.2). */
async function complete(
  { press, options }: Upload,
  { Key: key, UploadId: id }: PartLinks,
  parts: readonly UploadedPart[],
): Promise<void> {
  let mayHaveLanded = false;
  await persist(options, async () => {
    try {
      await multipartExit(press, { key, id, action: 'complete', parts }, callOptions(options));
    } catch (error) {
      if (mayHaveLanded && isUploadGone(error)) return;
      mayHaveLanded ||= error instanceof PressError && error.sent === 'maybe';
      throw error;
    }
  });
}
