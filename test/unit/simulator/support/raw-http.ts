import { request as httpRequest } from 'node:http';
import type { Press } from './press-client.js';

interface RawRequest {
  path: string;
  host?: string;
  headers?: Record<string, string>;
}

interface RawReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** A GET with a `Host` of one's own, which fetch does not allow. Rejects when it is cut. */
export function get(press: Press, { path, host, headers = {} }: RawRequest): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: press.sim.port,
      path,
      headers: { ...headers, ...(host === undefined ? {} : { host }) },
    };
    const request = httpRequest(options, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces),
        });
      });
    });
    request.on('error', reject);
    request.end();
  });
}
