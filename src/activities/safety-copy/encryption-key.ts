import type { Readable } from 'node:stream';

/** A config has a few kilobytes; what is larger is something else. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The key by which a site encrypts what it stores of passwords: without it a copy is worth less. Null
 * when the config names none, or is itself encrypted.
 */
export async function encryptionKeyOf(config: Readable): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of config as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const key = (parsed as { readonly encryption_key?: unknown } | null)?.encryption_key;
    return typeof key === 'string' && key !== '' ? key : null;
  } catch {
    return null;
  }
}
