import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readOrCreateKeyFile } from './key-file.js';

/** One AES-256 key and the id that encrypted payloads name it by. */
export interface PayloadKey {
  id: string;
  key: Uint8Array;
}

/** The keys of the payload codec. The first encrypts, all decrypt: rotate by adding in front. */
export type KeyRing = readonly [PayloadKey, ...PayloadKey[]];

/** Where a key ring is: its text (`id:base64,…`), or the file it is in. */
export type KeySource = { readonly text: string } | { readonly file: string };

const keyBytes = 32;
const KeyRingFileSchema = z.object({
  keys: z.array(z.object({ id: z.string(), key: z.string() })),
});

/**
 * Reads a key ring from configuration: `id:base64,id:base64`.
 *
 * @throws KeyRingInvalid
 */
export function parseKeyRing(text: string): KeyRing {
  const keys = text.split(',').map((part) => {
    const [id = '', key = ''] = part.trim().split(':');
    return { id, key };
  });
  return toKeyRing(keys);
}

/**
 * Reads a key ring file: `{ "keys": [{ "id": "…", "key": "<base64>" }] }`.
 *
 * @throws KeyRingInvalid
 */
export async function loadKeyRing(file: string): Promise<KeyRing> {
  return readKeyRingText(await readFile(file, 'utf8'));
}

/**
 * Reads the key ring file of the embedded stack, making one with a fresh key when it is missing.
 *
 * @throws KeyRingInvalid
 */
export async function loadOrCreateKeyRing(file: string): Promise<KeyRing> {
  return readKeyRingText(await readOrCreateKeyFile(file, () => freshKeyRing()));
}

function freshKeyRing(): string {
  const id = `payload-${new Date().toISOString().slice(0, 10)}`;
  const key = randomBytes(keyBytes).toString('base64');
  return `${JSON.stringify({ keys: [{ id, key }] }, null, 2)}\n`;
}

function readKeyRingText(text: string): KeyRing {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new KeyRingInvalid('the file is not JSON');
  }
  const parsed = KeyRingFileSchema.safeParse(content);
  if (!parsed.success) throw new KeyRingInvalid('the file is not { keys: [{ id, key }] }');
  return toKeyRing(parsed.data.keys);
}

function toKeyRing(encoded: { id: string; key: string }[]): KeyRing {
  const keys = encoded.map(({ id, key }) => {
    if (!/^[\w.-]{1,64}$/.test(id)) {
      throw new KeyRingInvalid('a key id is 1 to 64 letters, digits, dots, dashes, underscores');
    }
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== keyBytes) {
      throw new KeyRingInvalid(`key ${id} is ${bytes.length} bytes long, should be ${keyBytes}`);
    }
    return { id, key: new Uint8Array(bytes) };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    throw new KeyRingInvalid('two keys have the same id');
  }
  const [first, ...others] = keys;
  if (!first) throw new KeyRingInvalid('there is no key');
  return [first, ...others];
}

/** A key ring cannot be used. The message never holds key material. */
export class KeyRingInvalid extends Error {
  override readonly name = 'KeyRingInvalid';

  constructor(problem: string) {
    super(`payload key ring: ${problem}`);
  }
}
