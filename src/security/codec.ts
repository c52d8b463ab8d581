import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.js';
import { deserializePayload, serializePayload, type Payload } from './payload.js';

/** What Temporal calls a payload codec. */
export interface PayloadCodec {
  encode(payloads: Payload[]): Promise<Payload[]>;
  decode(payloads: Payload[]): Promise<Payload[]>;
}

/**
 * What stands in for a payload that no key opens. Throwing instead would fail the workflow task
 * that reads it, over and over: one stray message could stop a run (D 4).
 */
export interface UndecodablePayload {
  undecodable: true;
  keyId?: string;
}

const encoding = 'binary/encrypted';
const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const utf8 = new TextEncoder();

/**
 * Encrypts whole payloads with AES-256-GCM, in the form of Temporal's encryption samples (nonce,
 * ciphertext, tag; key id in the metadata), so that other SDKs' codecs can share the key.
 *
 * Decoding lets through what is not encrypted: operations may be started by plain SDKs (D 7).
 */
export function createPayloadCodec(ring: KeyRing): PayloadCodec {
  const [newest] = ring;
  const keys = new Map(ring.map(({ id, key }) => [id, key]));

  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, newest.id, newest.key)),
    decode: async (payloads) =>
      payloads.map((payload) => {
        if (text(payload.metadata?.['encoding']) !== encoding) return payload;
        const keyId = text(payload.metadata?.['encryption-key-id']);
        const key = keyId === undefined ? undefined : keys.get(keyId);
        if (!key || !payload.data) return undecodable(keyId);
        try {
          return decrypt(payload.data, key);
        } catch {
          return undecodable(keyId);
        }
      }),
  };
}

function encrypt(payload: Payload, keyId: string, key: Uint8Array): Payload {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
  const sealed = [cipher.update(serializePayload(payload)), cipher.final(), cipher.getAuthTag()];
  return {
    metadata: {
      encoding: utf8.encode(encoding),
      'encryption-cipher': utf8.encode(cipherName),
      'encryption-key-id': utf8.encode(keyId),
    },
    data: new Uint8Array(Buffer.concat([nonce, ...sealed])),
  };
}

function decrypt(data: Uint8Array, key: Uint8Array): Payload {
  const nonce = data.subarray(0, nonceBytes);
  const tag = data.subarray(-tagBytes);
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(tag);
  const opened = decipher.update(data.subarray(nonceBytes, -tagBytes));
  return deserializePayload(Buffer.concat([opened, decipher.final()]));
}

function undecodable(keyId: string | undefined): Payload {
  const marker: UndecodablePayload = { undecodable: true, ...(keyId !== undefined && { keyId }) };
  return {
    metadata: { encoding: utf8.encode('json/plain') },
    data: utf8.encode(JSON.stringify(marker)),
  };
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('utf8');
}
