import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPayloadCodec } from '../../../src/security/codec.js';
import { startCodecServer, type CodecServer } from '../../../src/security/codec-server.js';
import { parseKeyRing } from '../../../src/security/key-ring.js';

const ui = 'http://127.0.0.1:8233';
const codec = createPayloadCodec(parseKeyRing(`k:${randomBytes(32).toString('base64')}`));
const clear = {
  metadata: { encoding: base64('json/plain') },
  data: base64('"hello"'),
};

let server: CodecServer;
beforeAll(async () => {
  server = await startCodecServer({ codec, allowedOrigins: () => [ui], maxBody: 10_000 });
});
afterAll(() => server.close());

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('codec endpoint', () => {
  it('encodes, and decodes for the UI', async () => {
    const encoded = await (await post('/encode', { payloads: [clear] })).json();
    expect(JSON.stringify(encoded)).not.toContain(clear.data);

    const answer = await post('/decode', encoded, { origin: ui, 'x-namespace': 'default' });
    expect(answer.headers.get('access-control-allow-origin')).toBe(ui);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ payloads: [clear] });
  });

  it('answers the pre-flight request of the UI', async () => {
    const answer = await fetch(`${server.url}/decode`, {
      method: 'OPTIONS',
      headers: { origin: ui, 'access-control-request-headers': 'content-type,x-namespace' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ui);
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(answer.headers.get('access-control-allow-headers')).toContain('x-namespace');
  });

  it('takes localhost for the loopback address', async () => {
    const origin = ui.replace('127.0.0.1', 'localhost');
    const answer = await post('/decode', { payloads: [clear] }, { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it.each(['http://evil.example', 'null', `${ui}.evil.example`])(
    'refuses pages of %s',
    async (origin) => {
      const answer = await post('/decode', { payloads: [] }, { origin });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it.each([
    ['no JSON', 'nonsense', 400],
    ['another shape', { payloads: 'x' }, 400],
    ['too much', { payloads: [{ data: 'A'.repeat(20_000) }] }, 413],
  ])('refuses %s, and says so to the UI', async (_, body, status) => {
    const answer = await post('/decode', body, { origin: ui });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ui);
  });

  it('knows no other paths and methods', async () => {
    expect((await post('/', {})).status).toBe(404);
    expect((await fetch(`${server.url}/decode`)).status).toBe(405);
  });

  it('listens on the loopback interface only', () => {
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
