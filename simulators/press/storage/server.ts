import type { IncomingMessage, ServerResponse } from 'node:http';
import { takeTransferFault } from '../faults/matching.js';
import type { TransferFault } from '../fault-types.js';
import type { World } from '../world/world.js';
import { ObjectDigest } from './digest.js';
import { readForm } from './form.js';
import { BACKUPS, formFault, linkFault, STORAGE_PREFIX, UPLOADS } from './links.js';
import { openTransfer } from './log.js';
import { segmentsOf, storeUpload } from './objects.js';
import { sendFile } from './send-file.js';

export const isStoragePath = (path: string | undefined): boolean =>
  path?.startsWith(STORAGE_PREFIX) === true;

/** A request to the object storage, reached by presigned links and forms only (B 1.4, B 3.5). */
export async function storageRequest(
  world: World,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(message.url ?? '/', 'http://storage.invalid');
  const [bucket = '', ...rest] = decodeURIComponent(
    url.pathname.slice(STORAGE_PREFIX.length),
  ).split('/');
  const request: StorageRequest = { world, message, response, url, key: rest.join('/') };
  const { method = 'GET' } = message;
  if (method === 'POST' && bucket === UPLOADS) await receiveForm(request);
  else if (method === 'PUT' && bucket === UPLOADS) await receivePart(request);
  else if (method === 'GET' && bucket === BACKUPS) await sendObject(request);
  else refuse(response, 405, 'MethodNotAllowed');
}

interface StorageRequest {
  world: World;
  message: IncomingMessage;
  response: ServerResponse;
  url: URL;
  key: string;
}

async function receivePart({ world, message, response, url, key }: StorageRequest): Promise<void> {
  const part = Number(url.searchParams.get('partNumber'));
  const transfer = openTransfer(world, 'storage.put_part', { key, part });
  const fault = takeTransferFault(world.state, { direction: 'upload', name: key, part });
  const denied = linkFault(world, 'PUT', url);
  if (fault?.kind === 'error') {
    transfer.end(refuse(response, fault.status, 'InternalError'));
    return;
  }
  if (denied !== null) {
    transfer.end(refuse(response, 403, denied));
    return;
  }
  const received = await digestOf(message, fault);
  const upload = world.state.multiparts[url.searchParams.get('uploadId') ?? ''];
  if (received === null) {
    response.destroy();
    return;
  }
  if (upload?.key !== key) {
    transfer.end(refuse(response, 404, 'NoSuchUpload'));
    return;
  }
  upload.parts[part] = received;
  world.onChange();
  if (fault?.kind === 'lose_answer') {
    response.destroy();
    return;
  }
  response.writeHead(200, { ETag: `"${received.etag}"` }).end();
  transfer.end(200);
}

/** @returns null when the connection broke, or a fault cut it. */
async function digestOf(message: IncomingMessage, fault: TransferFault | null) {
  const digest = new ObjectDigest();
  let size = 0;
  try {
    for await (const piece of message as AsyncIterable<Buffer>) {
      size += piece.length;
      if (fault?.kind === 'cut' && size > fault.afterBytes) return null;
      digest.add(piece);
    }
  } catch {
    return null;
  }
  return digest.finish();
}

async function receiveForm({ world, message, response }: StorageRequest): Promise<void> {
  const form = await readForm(message, message.headers['content-type'] ?? '').catch(() => null);
  const key = form?.fields.key ?? '';
  const transfer = openTransfer(world, 'storage.post_form', { key });
  const fault = takeTransferFault(world.state, { direction: 'upload', name: key, part: null });
  if (form === null || fault?.kind === 'cut') {
    response.destroy();
    return;
  }
  const denied = formFault(world, form.fields);
  if (fault?.kind === 'error' || denied !== null) {
    const status = fault?.kind === 'error' ? fault.status : 403;
    transfer.end(refuse(response, status, denied ?? 'InternalError'));
    return;
  }
  storeUpload(world, { key, ...form.file });
  world.clock.catchUp();
  world.onChange();
  if (fault?.kind === 'lose_answer') {
    response.destroy();
    return;
  }
  response.writeHead(204).end();
  transfer.end(204);
}

async function sendObject({ world, message, response, url, key }: StorageRequest): Promise<void> {
  const range = message.headers.range ?? null;
  const transfer = openTransfer(world, 'storage.get_object', { key, range });
  const fault = takeTransferFault(world.state, { direction: 'download', name: key, part: null });
  const denied = linkFault(world, 'GET', url);
  const segments = segmentsOf(world, key);
  if (fault?.kind === 'error' || denied !== null || segments === null) {
    const status = fault?.kind === 'error' ? fault.status : denied === null ? 404 : 403;
    transfer.end(refuse(response, status, denied ?? 'NoSuchKey'));
    return;
  }
  await sendFile(
    response,
    message.headers,
    { fileName: key.split('/').at(-1) ?? key, segments },
    fault,
  );
  transfer.end(response.statusCode);
}

/** The storage's own kind of error. @returns the status. */
function refuse(response: ServerResponse, status: number, code: string): number {
  response
    .writeHead(status, { 'Content-Type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>\n`);
  return status;
}
