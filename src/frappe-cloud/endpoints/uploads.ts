import { z } from 'zod';
import { PressError, PressErrorCode } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { tellForName } from './named.js';
import { ask, checkShape, tell } from './wire.js';

const UploadFormSchema = z
  .object({ url: z.url(), fields: z.record(z.string(), z.string()) })
  .refine(({ fields }) => fields.key, { path: ['fields', 'key'] });

/** What a plain upload is posted to, as `multipart/form-data` with the file as last part. */
export type UploadForm = z.infer<typeof UploadFormSchema>;

const PartLinksSchema = z.object({
  Key: z.string(),
  UploadId: z.string(),
  /** One per part, from the first on. */
  signed_urls: z.array(z.url()).min(2),
});

/** Where the parts of an upload are put, by PUT without any credentials. */
export type PartLinks = z.infer<typeof PartLinksSchema>;

/**
 * The form for one object in Press's storage; whoever has it may write that object for an hour: a
 * secret. Changes nothing (B 3.1). Repeated: another object.
 *
 * @param args.file name of the file, becomes the end of the key
 * @throws PressError; `BAD_ANSWER` when the storage would not sign, of which Press says nothing
 */
export function getUploadForm(
  press: Transport,
  args: { readonly file: string },
  options?: CallOptions,
): Promise<UploadForm> {
  return ask(press, 'press.api.site.get_upload_link', args, UploadFormSchema, options);
}

/**
 * Begins an upload in parts and answers a link for each: secrets, good for an hour from now, all
 * of them. Mutating: end it by {@link multipartExit}. Repeated: another upload, the first is
 * garbage (B 3.1).
 *
 * @param args.parts at least 2, see {@link getUploadForm}
 * @throws PressError; `BAD_ANSWER` when the storage would not sign, of which Press says nothing
 */
export async function getPartLinks(
  press: Transport,
  args: { readonly file: string; readonly parts: number },
  options?: CallOptions,
): Promise<PartLinks> {
  const method = 'press.api.site.get_upload_link';
  const { message } = await tell(press, method, args, options);
  return checkShape(PartLinksSchema, message, method);
}

export interface UploadedPart {
  /** From 1. */
  readonly PartNumber: number;
  /** As the storage answered it, quotes included. */
  readonly ETag: string;
}

export type MultipartExit = { readonly key: string; readonly id: string } & (
  | { readonly action: 'complete'; readonly parts: readonly UploadedPart[] }
  | { readonly action: 'abort' }
);

/**
 * Ends an upload in parts: joins them, or throws them away. Mutating (B 3.2). Repeated after a
 * success: 500 `NoSuchUpload`, see {@link isUploadGone}; after a lost answer to `complete` that
 * means that it has landed, if nobody aborted it.
 *
 * @param exit.key of the object, not the file's name
 * @throws PressError `SERVER_ERROR` for everything the storage refuses
 */
export async function multipartExit(
  press: Transport,
  exit: MultipartExit,
  options?: CallOptions,
): Promise<void> {
  const { key, id, action } = exit;
  // Text and not a list: Press parses it (observed-2 6.8).
  const parts = action === 'complete' ? { parts: JSON.stringify(exit.parts) } : {};
  const params = { file: key, id, action, ...parts };
  await tell(press, 'press.api.site.multipart_exit', params, options);
}

/** Whether a refusal says that the upload has been completed or aborted before (B 3.2). */
export function isUploadGone(error: unknown): boolean {
  if (!(error instanceof PressError) || error.code !== PressErrorCode.SERVER_ERROR) return false;
  return error.excType === 'NoSuchUpload' || error.message.includes('(NoSuchUpload)');
}

export type UploadedFile = {
  /** Name of the file. */
  readonly file: string;
  /** MIME type, such as `application/gzip`. */
  readonly type: string;
  /** Bytes; a restore needs it (B 2.1). */
  readonly size: number;
} & (
  | { /** Key of the object. */ readonly path: string }
  | {
      /** Link to import instead; a session in it is kept by Press in clear. */ readonly url: string;
    }
);

/**
 * Registers an uploaded object and answers its Remote File, which restores and new sites take.
 * Mutating (B 3.3). Nothing is looked at: a restore will find out whether the object is there.
 * Objects that nobody registers, and after about a day the others too, are deleted.
 * Repeated: another Remote File for the same object, harmless.
 *
 * @throws PressError
 */
export function uploadedBackupInfo(
  press: Transport,
  file: UploadedFile,
  options?: CallOptions,
): Promise<string> {
  return tellForName(press, 'press.api.site.uploaded_backup_info', file, options);
}
