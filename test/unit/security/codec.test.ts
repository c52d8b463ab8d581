import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createPayloadCodec } from '../../../src/security/codec.js';
import { parseKeyRing } from '../../../src/security/key-ring.js';
import type { Payload } from '../../../src/security/payload.js';

const key = () => randomBytes(32).toString('base64');
const [oldKey, newKey] = [key(), key()];
const oldCodec = createPayloadCodec(parseKeyRing(`old:${oldKey}`));
const rotated = createPayloadCodec(parseKeyRing(`new:${newKey},old:${oldKey}`));
const newCodec = createPayloadCodec(parseKeyRing(`new:${newKey}`));

const plain: Payload = {
  metadata: { encoding: bytes('json/plain'), messageType: bytes('x') },
  data: bytes('{"password":"hunter2"}'),
};

describe('payload codec', () => {
  it('returns what was encoded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ minLength: 1 }), fc.uint8Array()),
        fc.uint8Array({ maxLength: 5_000 }),
        async (metadata, data) => {
          const [back] = await oldCodec.decode(await oldCodec.encode([{ metadata, data }]));
          expect(Buffer.from(back?.data ?? [])).toEqual(Buffer.from(data));
          expect(readable(back?.metadata)).toEqual(readable(metadata));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('encodes the absent parts of a payload as empty ones', async () => {
    const [back] = await oldCodec.decode(await oldCodec.encode([{ metadata: null, data: null }]));
    expect(back).toEqual({ metadata: {}, data: new Uint8Array() });
  });

  it('hides content and encoding, and never produces the same bytes twice', async () => {
    const [first, second] = await oldCodec.encode([plain, plain]);
    expect(string(first?.metadata?.['encoding'])).toBe('binary/encrypted');
    expect(string(first?.metadata?.['encryption-key-id'])).toBe('old');
    expect(string(first?.data)).not.toContain('hunter2');
    expect(first?.data).not.toEqual(second?.data);
  });

  it('reads what older keys encrypted and encrypts with the newest', async () => {
    expect(await decodeOne(rotated, await oldCodec.encode([plain]))).toEqual(json(plain));
    expect(await decodeOne(newCodec, await rotated.encode([plain]))).toEqual(json(plain));
  });

  it('lets through what a plain SDK sent', async () => {
    expect(await oldCodec.decode([plain, { data: bytes('raw') }])).toEqual([
      plain,
      { data: bytes('raw') },
    ]);
  });

  it('marks what no key opens instead of failing', async () => {
    const decoded = await newCodec.decode(await oldCodec.encode([plain]));
    expect(decoded).toHaveLength(1);
    expect(string(decoded[0]?.metadata?.['encoding'])).toBe('json/plain');
    expect(json(decoded[0])).toEqual({ undecodable: true, keyId: 'old' });
  });

  it.each([
    ['nonce', 0],
    ['ciphertext', 20],
    ['tag', -1],
  ])('marks a payload whose %s was altered', async (_, at) => {
    const [payload] = await oldCodec.encode([plain]);
    const data = new Uint8Array(payload?.data ?? []);
    const index = at < 0 ? data.length + at : at;
    data[index] = (data[index] ?? 0) ^ 1;
    expect(await decodeOne(oldCodec, [{ ...payload, data }])).toEqual({
      undecodable: true,
      keyId: 'old',
    });
  });

  it.each([0, 1, 11, 12, 27, 28])('marks a payload cut to %i bytes', async (length) => {
    const [payload] = await oldCodec.encode([plain]);
    const data = payload?.data?.subarray(0, length);
    expect(await decodeOne(oldCodec, [{ ...payload, data }])).toMatchObject({ undecodable: true });
  });

  it('marks an encrypted payload that names no key', async () => {
    const stray = { metadata: { encoding: bytes('binary/encrypted') }, data: bytes('?') };
    expect(await decodeOne(oldCodec, [stray])).toEqual({ undecodable: true });
  });
});

async function decodeOne(codec: typeof oldCodec, payloads: Payload[]): Promise<unknown> {
  const [first] = await codec.decode(payloads);
  return json(first);
}

function readable(metadata: Payload['metadata']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [
      name,
      Buffer.from(value).toString('hex'),
    ]),
  );
}

function json(payload: Payload | undefined): unknown {
  return JSON.parse(string(payload?.data));
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function string(value: Uint8Array | null | undefined): string {
  return Buffer.from(value ?? []).toString('utf8');
}
