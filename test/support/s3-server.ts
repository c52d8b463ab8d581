import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { VaultSettings } from '../../src/vault/index.js';

/** An S3-compatible server of our own, on a free port, with one bucket. */
export interface S3Server {
  /** For a vault in it; every prefix is an empty place. */
  settings(prefix: string): Extract<VaultSettings, { readonly type: 's3' }>;
  /** Looks at every request first; true when it has answered it. Null: the server answers all. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  close(): Promise<void>;
}

const BUCKET = 'vault-of-tests';

export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sitewright-s3-'));
  const s3 = new S3rver({
    directory,
    silent: true,
    vhostBuckets: false,
    // It signs "/bucket" where Amazon and its SDK sign "/bucket/", so no listing would match.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: BUCKET }],
  });
  await s3.configureBuckets();
  const answer = s3.callback();
  const http = createServer((request, response) => {
    if (server.intercept?.(request, response) !== true) answer(request, response);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const server: S3Server = {
    settings: (prefix) => ({
      type: 's3',
      bucket: BUCKET,
      prefix,
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      // What this server takes for the owner's.
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    }),
    intercept: null,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
      await rm(directory, { recursive: true, force: true });
    },
  };
  return server;
}

/** An answer as S3 gives it when it refuses. */
export function refuse(response: ServerResponse, status: number, code: string): true {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
  return true;
}
