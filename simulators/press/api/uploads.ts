import { createHash } from 'node:crypto';
import { crash } from '../http/errors.js';
import { text } from '../json.js';
import { signedUrl, uploadForm, UPLOADS, STORAGE_PREFIX } from '../storage/links.js';
import { abortUpload, completeUpload } from '../storage/multipart.js';
import type { Json } from '../types.js';
import { type CallContext, type Endpoints, type Params, teamOf, userOf } from './endpoint.js';

/** Uploads of backups: bound to no site, and nobody else's key is refused (B 3). */
export const uploadEndpoints: Endpoints = {
  /** A form for one object, or links to the parts of a multipart upload (B 3.1). */
  'press.api.site.get_upload_link': {
    requires: ['file'],
    run(context, params) {
      const { world, origin } = context;
      const parts = wholeNumber(text(params.parts) || '1');
      if (!world.state.storageReachable) return null;
      const key = newKey(context, text(params.file));
      if (parts <= 1) {
        return { url: `${origin}${STORAGE_PREFIX}${UPLOADS}`, fields: uploadForm(world, key) };
      }
      return multipartLinks(context, key, parts);
    },
  },
  /** `file` is the key, and `parts` JSON as *text* (B 3.2). */
  'press.api.site.multipart_exit': {
    mutates: true,
    requires: ['file', 'id', 'action'],
    run({ world }, params) {
      const [key, id] = [text(params.file), text(params.id)];
      switch (params.action) {
        case 'abort':
          abortUpload(world, id, key);
          return {};
        case 'complete':
          return completeUpload(world, id, key, readParts(params.parts));
        default:
          throw crash(
            'UnboundLocalError',
            "cannot access local variable 'response' where it is not associated with a value",
          );
      }
    },
  },
  /** Registers an object, or a link, as a Remote File of the team; nothing is looked at (B 3.3). */
  'press.api.site.uploaded_backup_info': { mutates: true, run: registerUpload },
};

function wholeNumber(value: string): number {
  if (/^\s*-?\d+\s*$/.test(value)) return Number(value);
  throw crash('ValueError', `invalid literal for int() with base 10: '${value}'`);
}

/** `<sha1 of the team>/<epoch>_<fraction>/<file>`. */
function newKey(context: CallContext, file: string): string {
  const folder = createHash('sha1').update(teamOf(context).name).digest('hex');
  const stamp = context.world.stamp();
  const seconds = Math.floor(stamp / 1_000_000);
  return `${folder}/${seconds}_${stamp % 1_000_000}/${file}`;
}

function multipartLinks({ world, origin }: CallContext, key: string, parts: number): Json {
  const id = world.hash(54);
  world.state.multiparts[id] = { id, key, parts: {} };
  const link = (part: number): string =>
    signedUrl(world, origin, {
      verb: 'PUT',
      bucket: UPLOADS,
      key,
      query: { uploadId: id, partNumber: String(part) },
    });
  return {
    Bucket: UPLOADS,
    Key: key,
    UploadId: id,
    signed_urls: Array.from({ length: parts }, (_, index) => link(index + 1)),
  };
}

function readParts(parts: Json | undefined) {
  if (typeof parts !== 'string') {
    const kind = Array.isArray(parts) ? 'list' : 'NoneType';
    throw crash('TypeError', `the JSON object must be str, bytes or bytearray, not ${kind}`);
  }
  try {
    return JSON.parse(parts) as { PartNumber: number; ETag: string }[];
  } catch {
    throw crash('JSONDecodeError', 'Expecting value: line 1 column 1 (char 0)');
  }
}

function registerUpload(context: CallContext, params: Params): Json {
  const { world } = context;
  const [key, url] = [text(params.path), text(params.url) || null];
  const row = {
    ...world.newRow(userOf(context).user),
    fileName: text(params.file),
    size: text(params.size) === '' ? null : Number(params.size),
    key,
    url,
    team: teamOf(context).name,
    site: null,
  };
  world.state.remoteFiles[row.name] = row;
  world.effect('file.register', url ?? key);
  return row.name;
}
